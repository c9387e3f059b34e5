"""The dossier, by exact values of the story, and what viewers with fewer rights get of it."""

import json
from dataclasses import asdict

import pytest
from django.utils import translation

from guiyan.kernel.errors import NotFound
from guiyan.platform.testkit.people import acting, make_person
from guiyan.recruiting import commands, queries
from guiyan.recruiting.queries.rows import Dossier
from tests.recruiting.story import at, people_of_the_story, whole_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


def words_of(found: Dossier) -> str:
    """Every word of a dossier, to look for what must not be there."""
    return json.dumps(asdict(found), ensure_ascii=False, default=str)


def test_given_the_story_when_read_then_the_three_answers_stand_as_designed(now):
    story = whole_story()

    then = queries.dossier(acting(story.boss), story.zhang.pk, now=now).then

    assert then is not None
    assert then.reason == "团队架构调整"
    assert then.reason_text == "供应链中心与制造中心合并，供应链经理编制取消。三轮评价均为推荐，与能力无关。"
    assert then.reason_sources[0].label == "处理结果 ・ 李静 ・ 2026年3月27日"
    assert then.condition == "恢复供应链经理编制"
    assert then.condition_text == "或供应链中心重新独立。薪资带不低于 30K。"
    assert then.met == "met"
    assert then.now_title == "岗位已重开，空缺 1 人"
    assert [(check.state, check.text) for check in then.checks] == [
        ("ok", "供应链中心 11月2日恢复独立"),
        ("ok", "供应链经理 11月16日重开，30–38K"),
        ("ask", "期望薪资有两种说法，联系时请核实"),
    ]
    assert [check.sources[0].label for check in then.checks] == [
        "组织变更单",
        story.requisition.number,
        "看差异",
    ]


def test_given_the_story_when_read_then_the_timeline_tells_it_newest_first(now):
    story = whole_story()

    found = queries.dossier(acting(story.boss), story.zhang.pk, now=now)

    assert [moment.title for moment in found.moments] == [
        "召回雷达：重启条件已满足", "供应链中心恢复独立", "企业微信沟通", "电话告知结果", "应聘结束：未录取", "终面：同意录用",
        "二面：推荐", "一面：强烈推荐", "电话初筛", "收到简历",
    ]  # fmt: skip
    assert (found.count(), found.count("interview"), found.count("talk"), found.count("change")) == (
        10,
        3,
        3,
        4,
    )
    assert [month.day.month for month in found.months()] == [11, 9, 3, 2]
    assert [len(month.moments) for month in found.months("talk")] == [1, 2]
    radar, _change, chat, call, end = found.moments[:5]
    assert radar.text == f"供应链经理（{story.requisition.number}）重开，与 3月27日写下的条件一致。"
    assert (chat.who, call.who) == ("周敏 ↔ 张若岚", "周敏 → 张若岚")
    assert chat.quotes[0].sources[0].label == "聊天记录 3 条"
    assert call.quotes[0].sources[0].label == "通话记录 6 分 12 秒"
    assert call.quotes[0].text == "「理解的，架构调整没办法。和王总聊得很好，以后有机会再联系我。」"
    assert end.text == "团队架构调整。重启条件：恢复供应链经理编制。"


def test_given_remarks_then_each_says_whether_it_may_be_told_and_who_may_change_it(now):
    story = whole_story()

    found = queries.dossier(acting(story.head), story.zhang.pk, now=now)

    first = next(moment for moment in found.moments if moment.title == "一面：强烈推荐")
    assert [(quote.shareable, quote.may_change) for quote in first.quotes] == [(True, True), (False, True)]
    last = next(moment for moment in found.moments if moment.title == "终面：同意录用")
    assert [(quote.shareable, quote.may_change) for quote in last.quotes] == [(True, False)]
    assert last.quotes[0].sources[0].label == "面试评价 ・ 王建国"


def test_given_two_amounts_and_an_old_date_then_clash_and_staleness_are_said(now):
    story = whole_story()

    pay, role, city, start = queries.dossier(acting(story.boss), story.zhang.pk, now=now).wishes

    assert (pay.label, pay.value, pay.sources[0].label) == ("月薪", "35K 左右", "企业微信 ・ 2026-09-09")
    assert [(older.value, older.sources[0].label) for older in pay.older] == [
        ("30K", "电话初筛 ・ 2026-03-02")
    ]
    assert (role.value, role.state) == ("供应链经理、计划经理", "")
    assert (city.value, city.state) == ("苏州，工业园区优先", "")
    assert (start.value, start.state, start.stale) == ("一个月", "stale", "8 个月前，待核实")


def test_given_the_story_then_head_work_applications_and_contact_read_as_designed(now):
    story = whole_story()

    found = queries.dossier(acting(story.boss), story.zhang.pk, now=now)

    assert (found.name, found.pinyin, found.tag) == ("张若岚", "Zhāng Ruòlán", "重启条件已满足")
    assert [line.text for line in found.meta] == [
        "恒裕电子 ・ 供应链副经理",
        "苏州",
        "11 年经验",
        "东华大学 物流管理 本科",
    ]
    assert [contact.masked for contact in found.contacts] == ["138 **** 6027", "r***g@example.com"]
    assert (found.wecom, found.consent) == ("企业微信好友：周敏", "同意保存至 2028年3月")
    assert [(fact.label, fact.value) for fact in found.work] == [
        ("2022 至今", "恒裕电子　供应链副经理，带 6 人"), ("2018–2022", "明澜汽车零部件　计划主管"),
        ("2015–2018", "华东家电　采购专员"),
    ]  # fmt: skip
    assert [(row.name, row.pages) for row in found.files] == [("张若岚-简历-202602.pdf", 2)]
    application = found.applications[0]
    assert (application.label, application.badge, application.value) == ("供应链经理", "未录取", "三轮均推荐")
    assert application.sources[0].label == f"{story.application.number} ・ 2026-02-27 至 03-27"
    assert {fact.key: fact.value for fact in found.reach} == {
        "phone": "138 **** 6027", "email": "r***g@example.com", "wecom": "企业微信好友，归属周敏",
        "may": "可以。近 90 天联系 1 次，上限 2 次", "consent": "同意保存用于后续招聘，2028-03-02 到期",
    }  # fmt: skip


def test_given_any_history_then_the_dossier_costs_nine_statements(now, sql_count):
    story = whole_story()
    actor = acting(story.boss)

    with sql_count() as spent:
        queries.dossier(actor, story.zhang.pk, now=now)

    assert len(spent) == 9


def interviewer_of(story):
    """Somebody with C1 only who sat in one more meeting of 张若岚."""
    user = make_person("interviewer", "何俊", department=story.centre)
    application = commands.open_application(
        actor=acting(story.recruiter), candidate_id=story.zhang.pk, position="计划经理", department_id=story.other.pk,
        now=at(11, 20),
    )  # fmt: skip
    commands.schedule_interview(
        actor=acting(story.recruiter), application_id=application.pk, round_name="一面", at=at(11, 24, 10),
        interviewers=[user.employee.pk], now=at(11, 20),
    )  # fmt: skip
    return user


def test_given_an_interviewer_then_no_pay_and_no_contact_anywhere_but_the_rest(now):
    story = whole_story()
    user = interviewer_of(story)

    found = queries.dossier(acting(user), story.zhang.pk, now=now)

    words = words_of(found)
    for secret in ("30K", "35K", "30–38K", "35 左右", "30000", "6027", "ruolan", "example.com", "薪资带"):
        assert secret not in words
    assert [fact.label for fact in found.wishes] == ["岗位", "城市", "到岗"]
    assert found.contacts == ()
    assert found.reads_pay is False
    assert [seat.round_name for seat in found.seats] == ["一面"]
    assert "1,100 万" in words  # stock saved is no pay


def test_given_an_interviewer_without_a_seat_or_a_foreign_head_then_not_found(now):
    story = whole_story()
    strangers = [
        make_person("interviewer", "外人"),
        make_person("business_head", "研发负责人", department=story.other, scope_department=story.other),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            queries.dossier(acting(stranger), story.zhang.pk, now=now)


def test_given_no_ending_then_no_block_of_three_but_the_running_application(now):
    story = people_of_the_story()

    found = queries.dossier(acting(story.hr), story.zhang.pk, now=now)

    assert found.then is None
    assert found.tag == "应聘中"
    assert [(going.number, going.position) for going in found.going] == [
        (story.application.number, "供应链经理")
    ]


def test_given_the_wish_to_be_left_alone_then_the_dossier_says_so_first(now):
    story = whole_story()
    commands.set_do_not_contact(
        actor=acting(story.recruiter), candidate_id=story.zhang.pk, words="请不要再打", now=now
    )

    found = queries.dossier(acting(story.boss), story.zhang.pk, now=now)

    assert found.tag == "请勿联系"
    assert {fact.key: fact.value for fact in found.reach}["may"] == "不可以。对方要求不再联系。"
    assert found.moments[0].title == "要求不再联系"
    assert queries.contact_state(story.zhang.pk, now=now).why == ("do_not_contact",)


def test_given_english_then_the_same_dossier_reads_in_english(now):
    story = whole_story()

    with translation.override("en"):
        found = queries.dossier(acting(story.boss), story.zhang.pk, now=now)

    assert found.then is not None
    assert found.then.reason == "Team reorganised"
    assert found.then.now_title == "The position is open again, 1 vacancy"
    assert found.then.checks[1].text == "供应链经理 open again since 16 Nov, 30–38K"
    assert [fact.stale for fact in found.wishes][-1] == "8 months ago, please check"
