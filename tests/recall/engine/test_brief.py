from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from guiyan.recall.engine import brief
from guiyan.recall.engine import records as r
from tests.recall.engine.facts import CHAT, END, FINAL, FIRST, JOB, SCREEN, SPLIT, TODAY, zhang


def build(dossier: r.Dossier, lang: r.Lang = "zh-hans") -> dict[str, r.TalkingPoint]:
    return {point.code: point for point in brief.build(dossier, today=TODAY, lang=lang).points}


def test_the_points_of_zhang_stand_in_the_order_and_words_of_the_design():
    draft = brief.build(zhang(), today=TODAY, lang="zh-hans")

    assert [point.intent + point.sentence for point in draft.points] == [
        "先说明身份。她和周敏是企业微信好友，上次聊是 9月9日。",
        "王总的记忆。王总说过：「讲缺料时先说自己判断错的那次，让人信服」原话可以转述。",
        "当时的原因。两个中心合并，岗位取消，与她的能力无关。",
        "现在变了什么。供应链中心 11月2日恢复独立，供应链经理 11月16日重开，空缺 1 人。",
        "薪资先问，不先报。她 9月说 35K 左右，3月说 30K。岗位薪资带 30–38K。",
        "到岗时间要重新问。3月说一个月，她现在带 6 人团队。",
    ]
    assert [point.sources for point in draft.points] == [
        (CHAT,),
        (FINAL,),
        (END,),
        (SPLIT, JOB),
        (CHAT, SCREEN),
        (SCREEN,),
    ]
    assert draft.kept_out == 2


def test_given_two_pay_figures_when_briefed_then_both_stay_and_the_conflict_is_said():
    point = build(zhang())["pay"]

    assert point.conflict == "两处不一致"
    assert point.stale == ""


def test_given_one_figure_said_twice_when_briefed_then_there_is_no_conflict():
    same = tuple(
        r.Expectation(source, "pay", "35K", Decimal(35000), Decimal(35000)) for source in (CHAT, SCREEN)
    )

    point = build(zhang(expectations=same))["pay"]

    assert point.conflict == ""
    assert point.sources == (CHAT,)


@pytest.mark.parametrize(
    ("days", "flag"),
    [(183, ""), (184, "6 个月前，待核实"), (364, "11 个月前，待核实"), (800, "2 年前，待核实")],
)
def test_availability_is_flagged_after_half_a_year(days, flag):
    source = replace(SCREEN, on=TODAY - timedelta(days=days))
    dossier = zhang(expectations=(r.Expectation(source, "availability", "一个月"),))

    point = build(dossier)["availability"]

    assert point.stale == flag
    assert point.intent == ("到岗时间要重新问。" if flag else "到岗时间。")


@pytest.mark.parametrize(("days", "flagged"), [(365, False), (366, True)])
def test_a_phone_number_is_flagged_after_a_year(days, flagged):
    source = r.Source("contact", "4", "电话", "", TODAY - timedelta(days=days))

    points = build(zhang(reach=r.Reach(phone_source=source)))

    assert ("phone" in points) is flagged


def test_a_number_that_never_worked_is_flagged_in_words():
    point = build(zhang(reach=r.Reach(phone_source=r.Source("contact", "4", "电话"))))["phone"]

    assert point.stale == "未核实"
    assert point.sentence == "号码没有打通过的记录。"


@pytest.mark.parametrize("reason", ["SKILL_GAP", "SALARY_GAP", "OTHER_CHOSEN", "CANDIDATE_WITHDREW", "OTHER"])
def test_given_a_delicate_reason_when_briefed_then_its_words_stay_inside(reason):
    end = r.Disposition(END, reason, "沟通能力不如另一位候选人")

    point = build(zhang(disposition=end))["reason"]

    assert "沟通" not in point.sentence
    assert point.intent == "别细说原因。"
    assert point.shareable is False
    assert point.sources == (END,)


def test_given_the_bosss_words_are_internal_when_briefed_then_they_are_not_quoted():
    remarks = (r.Remark(FINAL, "有点傲气", shareable=False, by_requester=True),)

    draft = brief.build(zhang(remarks=remarks), today=TODAY, lang="zh-hans")

    regard = next(point for point in draft.points if point.code == "regard")
    assert "傲气" not in "".join(point.sentence for point in draft.points)
    assert regard.sentence == "王总面试过她，评价没有放开，不要转述。"
    assert draft.kept_out == 1


def test_given_only_another_interviewers_open_words_then_they_carry_the_regard():
    remarks = (r.Remark(FIRST, "缺料处理得稳。", shareable=True, recommended=True),)

    point = build(zhang(remarks=remarks))["regard"]

    assert point.intent + point.sentence == "当时被看重的。陈志远写过：「缺料处理得稳」原话可以转述。"


def test_given_a_closed_job_then_the_specialist_is_told_not_to_send():
    closed = replace(zhang().opening, is_open=False)

    point = build(zhang(opening=closed))["change"]

    assert point.sentence == "供应链经理现在没有开放。确认之前不要发出。"


def test_given_nobody_knows_the_person_then_identity_says_start_from_scratch():
    point = build(zhang(talks=(), reach=r.Reach()))["identity"]

    assert point.sentence == "她还不是企业微信好友，也没有联系记录。先报公司和姓名。"
    assert point.sources == ()


def test_an_empty_dossier_still_gives_a_usable_brief():
    bare = r.Dossier(person=r.Person("李可"), opening=zhang().opening, requester="王总")

    points = build(bare)

    assert points["reason"].sentence == "问起时说会当面讲清楚，不要猜。"
    assert points["pay"].sentence == "对方没有说过期望。岗位薪资带 30–38K。"
    assert "regard" not in points
    assert "availability" not in points


def test_english_carries_the_same_codes_sources_and_flags():
    chinese, english = build(zhang()), build(zhang(), "en")

    assert list(english) == list(chinese)
    assert [p.sources for p in english.values()] == [p.sources for p in chinese.values()]
    assert english["pay"].conflict == "two statements differ"
    assert english["pay"].sentence == " 2026-09: 35K 左右; 2026-03: 30K. The job pays 30–38K."


def test_internal_words_never_appear_in_any_point_of_either_language():
    for lang in r.LANGS:
        text = "".join(p.sentence + p.intent for p in brief.build(zhang(), today=TODAY, lang=lang).points)
        assert "英语" not in text
        assert "背调" not in text


def test_last_years_dates_carry_their_year():
    old = replace(CHAT, on=date(2025, 9, 9))

    point = build(zhang(talks=(r.Talk(old, "wecom", "周敏"),)))["identity"]

    assert "2025年9月9日" in point.sentence


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (None, None, ""),
        (30000, 38000, "30–38K"),
        (35000, 35000, "35K"),
        (None, 12500, "12.5K"),
        (8000, None, "8K"),
    ],
)
def test_pay_in_k(low, high, text):
    as_money = [None if value is None else Decimal(value) for value in (low, high)]

    assert brief.pay_in_k(*as_money) == text


def test_given_released_words_for_a_delicate_reason_then_they_may_be_told():
    end = r.Disposition(END, "OTHER_CHOSEN", "沟通能力不如另一位", shareable_words="名额只有一个")

    point = build(zhang(disposition=end))["reason"]

    assert point.sentence == "可以这样说：名额只有一个。"
    assert point.shareable is True
