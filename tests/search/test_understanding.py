"""Free words to parts: the tables that keep the rules honest. No database."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.search.engine.lexicon import Interviewer, Lexicon
from guiyan.search.engine.parts import Facet
from guiyan.search.engine.understanding import understand

TODAY = date(2026, 11, 23)
COMPANY = Lexicon(
    interviewers=(
        Interviewer("王建国", "董事长兼总经理"),
        Interviewer("王晓丽", "人事专员"),
        Interviewer("陈志远", "供应链总监"),
        Interviewer("陈立新", "研发工程师"),
        Interviewer("李静", "人事经理"),
        Interviewer("王总"),  # as an imported sheet wrote it
    ),
    positions=("供应链经理", "质量工程师"),
    cities=("苏州", "上海市"),
    companies=("恒裕电子", "宁德时代"),
    tags=("可培养",),
    departments=("供应链中心",),
)


def heard(text, asker="王建国"):
    found = understand(text, today=TODAY, lexicon=COMPANY, asker=asker)
    return [(part.facet.value, part.value) for part in found.parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("张若岚", [("name", "张若岚")]),
        ("李", [("surname", "李")]),
        ("欧阳", [("surname", "欧阳")]),
        ("把张若岚的资料调出来", [("name", "张若岚")]),
        ("有个叫张若岚的", [("name", "张若岚")]),
        ("名字叫若岚的，姓啥忘了", [("given", "若岚")]),
        ("名字里有个岚字", [("given", "岚")]),
        ("张什么岚", [("surname", "张"), ("given", "岚")]),
        ("姓张的", [("surname", "张")]),
        ("姓章还是张", [("surname", "章|张")]),
        ("欧阳什么来着", [("surname", "欧阳")]),
        ("那个宇文姐", [("surname", "宇文")]),
        ("阿依古丽·买买提", [("name", "阿依古丽·买买提")]),
        ("施涂悦红", [("name", "施涂悦红")]),  # a misheard compound surname
        ("zrl", [("pinyin", "zrl")]),
        ("zhang ruolan", [("pinyin", "zhangruolan")]),
        ("SAP", [("word", "sap")]),
        ("MS-2026-000123", [("number", "2026-123")]),
        ("ms20221042", [("number", "2022-1042")]),
        ("24年0349号那份面试记录", [("number", "2024-349")]),
        ("编号123", [("number", "n123")]),
        ("手机最后四位是5256的那个人", [("phone", "4:5256")]),
        ("158开头9585结尾", [("phone", "34:1589585")]),
        ("谁的号码是133 0077 4734", [("phone", "=:13300774734")]),
        ("我面过的", [("interviewer", "王建国|王总")]),
        ("王总面的", [("interviewer", "王建国|王总")]),
        ("陈总面过", [("interviewer", "陈志远")]),
        ("陈工聊的", [("interviewer", "陈立新")]),
        ("小王聊过的", [("interviewer", "王晓丽")]),
        ("李静面的", [("interviewer", "李静")]),
        ("去年", [("time", "2025-01-01/2026-01-01")]),
        ("今年春天", [("time", "2026-02-01/2026-06-01")]),
        ("上半年", [("time", "2026-01-01/2026-07-01")]),
        ("去年下半年", [("time", "2025-07-01/2026-01-01")]),
        ("2024年3月", [("time", "2024-03-01/2024-04-01")]),
        ("去年9月份", [("time", "2025-09-01/2025-10-01")]),
        ("12月", [("time", "2025-12-01/2026-01-01")]),
        ("三个月前", [("time", "2026-07-23/2026-09-23")]),
        ("春节后", [("time", "2026-02-17/2026-04-17")]),
        ("上周", [("time", "2026-11-16/2026-11-23")]),
        ("疫情那会儿", [("time", "2020-01-20/2023-01-08")]),
        ("编制没批下来", [("reason", "HEADCOUNT_FROZEN")]),
        ("太贵了", [("reason", "SALARY_GAP")]),
        ("嫌钱少", [("reason", "SALARY_GAP")]),
        ("预算不够没要", [("reason", "BUDGET_LIMIT")]),
        ("团队架构调整", [("reason", "TEAM_REORG")]),
        ("当时部门在合并", [("reason", "TEAM_REORG")]),
        ("能力差一口气", [("reason", "SKILL_GAP")]),
        ("最后选了别人", [("reason", "OTHER_CHOSEN")]),
        ("人家拒了我们", [("reason", "CANDIDATE_WITHDREW")]),
        ("还在竞业期里", [("reason", "TIMING")]),
        ("宁德时代出来的", [("company", "宁德时代")]),
        ("在上海", [("city", "上海")]),
        ("供应链经理", [("position", "供应链经理")]),
        ("可培养", [("tag", "可培养")]),
        ("供應鏈經理", [("position", "供应链经理")]),
        ("ＺＲＬ", [("word", "zrl")]),
        ("", []),
        ("，。！ 😀", []),
    ],
)
def test_given_one_thing_remembered_when_understood_then_its_kind_and_value_are_right(text, parts):
    assert heard(text) == parts


def test_given_a_day_that_does_not_exist_when_understood_then_it_is_no_time():
    assert "time" not in {facet for facet, _ in heard("2026年2月30日")}


def test_given_the_boss_sentence_when_understood_then_five_parts_and_gender_unused():
    text = "上半年面过的那个女的，姓章还是张，做供应链，陈总面的，组织调整没要"

    found = understand(text, today=TODAY, lexicon=COMPANY, asker="王建国")

    assert [(part.facet, part.shown) for part in found.parts] == [
        (Facet.TIME, "2026年1–6月"),
        (Facet.SURNAME, "zhāng"),
        (Facet.POSITION, "供应链"),
        (Facet.INTERVIEWER, "陈志远"),
        (Facet.REASON, "团队架构调整"),
    ]
    assert [part.shown for part in found.unused] == ["女的"]
    assert [text[part.start : part.end] for part in found.parts][1] == "姓章还是张"


def test_given_a_chip_is_removed_when_asked_then_the_others_stay():
    found = understand("姓张 苏州", today=TODAY, lexicon=COMPANY)

    assert [part.id for part in found.without(frozenset({"city:苏州"})).parts] == ["surname:张"]


@given(st.text(max_size=260))
@settings(max_examples=300, deadline=None)
def test_given_any_text_when_understood_then_spans_are_inside_and_do_not_overlap(text):
    found = understand(text, today=TODAY, lexicon=COMPANY, asker="王建国")
    end = 0
    for part in found.parts:
        assert 0 <= part.start < part.end <= len(text)
        assert part.start >= end
        end = part.end


@given(
    st.lists(
        st.sampled_from(["姓张", "去年", "陈总面的", "太贵了", "苏州", "zrl", "供应链", "缺料率"]),
        unique=True,
    )
)
@settings(deadline=None)
def test_given_parts_in_any_order_when_understood_then_none_is_lost(pieces):
    found = heard("，".join(pieces))

    assert len(found) == len(pieces)
