"""One cell at a time: tables of what people really type."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.importing.engine.values import dates, names, outcomes, phones, salary, texts

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("　吴雪淑", "吴雪淑", ""),
        ("欧 阳晨艳", "欧阳晨艳", ""),
        ("袁程翔（孙厂介绍）", "袁程翔", ""),
        ("金伟德先生", "金伟德", ""),
        ("次仁•旺堆", "次仁·旺堆", ""),
        ("热依扎.哈力木", "热依扎·哈力木", ""),
        ("林志达(Derek)", "林志达", ""),
        ("Park Min-ho ", "Park Min-ho", ""),
        ("李文?", None, "mojibake"),
        ("测试", None, "placeholder"),
        ("（空）", None, "placeholder"),
        ("无", None, "placeholder"),
        ("#REF!", None, "formula_error"),
        ("", None, "no_name"),
        ("13800001111", None, "name_unlikely"),
    ],
)
def test_given_a_name_cell_when_read_then_the_name_or_why_not(raw, value, problem):
    found = names.parse_name(raw)

    assert (found.value, found.problem) == (value, problem)


def test_given_name_and_position_in_one_cell_when_no_position_column_then_both_are_read():
    found = names.parse_name("盛海 产品经理", may_hold_position=True)

    assert (found.value, found.position) == ("盛海", "产品经理")


@pytest.mark.parametrize(
    ("raw", "numbers", "problems"),
    [
        ("188 0006 0740", ("+8618800060740",), ()),
        ("8613600982107", ("+8613600982107",), ()),
        ("+86 152-0042-4495", ("+8615200424495",), ()),
        ("\t18000270492", ("+8618000270492",), ()),
        ("18800752838 15000602708", ("+8618800752838", "+8615000602708"), ()),
        ("13900095322\n13800182683", ("+8613900095322", "+8613800182683"), ()),
        ("13800703954、17700522062", ("+8613800703954", "+8617700522062"), ()),
        ("+819000003722", ("+819000003722",), ()),
        ("0571-88001234", ("+8657188001234",), ()),
        ("187****5590", (), (("phone_masked", "187****5590"),)),
        ("1.35E+10", (), (("phone_precision_lost", "1.35E+10"),)),
        ("1500083962", (), (("phone_invalid", "1500083962"),)),
        ("无", (), ()),
    ],
)
def test_given_a_phone_cell_when_read_then_numbers_and_problems_are_exact(raw, numbers, problems):
    found = phones.parse_phones(raw)

    assert (found.numbers, found.problems) == (numbers, problems)


@pytest.mark.parametrize(
    ("raw", "low", "high", "problem"),
    [
        ("年薪7-11万", 5833, 9167, ""),
        ("6万/年", 5000, 5000, ""),
        ("16~17K·14薪", 16000, 17000, ""),
        ("13k*13薪", 13000, 13000, ""),
        ("税前16-17k", 16000, 17000, ""),
        ("1.8-2W", 18000, 20000, ""),
        ("0.7-1W", 7000, 10000, ""),
        ("11000-14000", 11000, 14000, ""),
        ("22K以上", 22000, None, ""),
        ("不低于15K", 15000, None, ""),
        ("底薪8K+提成", 8000, None, ""),
        ("20K以内", None, 20000, ""),
        ("1万5", 15000, 15000, ""),
        ("两万", 20000, 20000, ""),
        ("面议", None, None, ""),
        ("面议（15K左右）", 15000, 15000, ""),
        ("50/小时", None, None, "salary_unparseable"),
        ("300元/天", None, None, "salary_unparseable"),
        ("跟现在差不多", None, None, "salary_unparseable"),
        ("15", None, None, "salary_unit_unknown"),
    ],
)
def test_given_pay_words_when_read_then_yuan_a_month_or_the_problem(raw, low, high, problem):
    pay = salary.parse_pay(raw)

    assert (pay.low, pay.high, pay.problem, pay.raw) == (low, high, problem, raw)


@pytest.mark.parametrize(
    ("header", "cell", "low", "high"),
    [
        ("要求薪资(K)", "15-18", 15000, 18000),
        ("年薪（万）", "24", 20000, 20000),
        ("期望薪资（元）", "800", 800, 800),
    ],
)
def test_given_a_unit_in_the_header_when_the_cell_is_bare_then_the_unit_counts(header, cell, low, high):
    unit, yearly = salary.header_unit(header)

    pay = salary.parse_pay(cell, unit=unit, yearly=yearly)

    assert (pay.low, pay.high) == (low, high)


@pytest.mark.parametrize(
    ("raw", "value", "problem"),
    [
        ("2023.10.3", date(2023, 10, 3), ""),
        ("2024/3/5 下午", date(2024, 3, 5), ""),
        ("2024-10-26 14:30", date(2024, 10, 26), ""),
        ("2023年12月4日", date(2023, 12, 4), ""),
        ("20240813", date(2024, 8, 13), ""),
        (20240813, date(2024, 8, 13), ""),
        (45356, date(2024, 3, 5), ""),
        ("45356", date(2024, 3, 5), ""),
        (datetime(2024, 3, 5, 14, 30), date(2024, 3, 5), ""),  # noqa: DTZ001 – a cell knows no zone
        ("24.3.5", date(2024, 3, 5), ""),
        ("3月5日", date(2024, 3, 5), ""),
        ("3/5", date(2024, 3, 5), ""),
        ("5日", date(2024, 3, 5), ""),
        ("03/25/2024", date(2024, 3, 25), ""),
        ("2024/2/30", None, "date_invalid"),
        ("2042/3/5", None, "date_future"),
        ("上周三", None, "date_unparseable"),
        ("", None, ""),
        ("-", None, ""),
    ],
)
def test_given_a_day_in_any_writing_when_read_then_the_day_or_the_problem(raw, value, problem):
    found = dates.parse_day(raw, today=TODAY, context=dates.Context(2024, 3))

    assert (found.value, found.problem) == (value, problem)


def test_given_no_year_anywhere_when_a_day_is_read_then_none_is_invented():
    assert dates.parse_day("3月5日", today=TODAY).problem == "date_unparseable"


@pytest.mark.parametrize(
    ("title", "context"),
    [
        ("面试登记表（2023年9月）", dates.Context(2023, 9)),
        ("2024年1-2月", dates.Context(2024)),
        ("2024", dates.Context(2024)),
        ("23年11月", dates.Context(2023, 11)),
        ("9月", dates.Context(None, 9)),
        ("采购部", dates.Context()),
    ],
)
def test_given_a_title_when_asked_for_year_and_month_then_only_what_it_says(title, context):
    assert dates.context_of(title) == context


@pytest.mark.parametrize(
    ("raw", "reason", "status"),
    [
        ("不予录用", "", "rejected"), ("未录用", "", "rejected"), ("×", "", "rejected"), ("淘汰", "", "rejected"),
        ("pass", "经验不够", "rejected"), ("pass", "", None), ("录用", "", "hired"), ("√", "", "hired"),
        ("已入职", "", "hired"), ("拒offer", "", "withdrawn"), ("候选人放弃", "", "withdrawn"), ("爽约", "", "no_show"),
        ("未参加面试", "", "no_show"), ("再议", "", "pending"), ("待反馈", "", "pending"), ("不合格", "", "rejected"),
        ("说不清楚", "", None),
    ],
)  # fmt: skip
def test_given_an_outcome_word_when_read_then_one_status_or_none(raw, reason, status):
    assert outcomes.parse_status(raw, reason=reason) == status


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("HC冻结", "headcount_frozen"), ("岗位取消，不招了", "headcount_frozen"), ("老板说没钱了", "budget_limit"),
        ("今年费用超了，进不来", "budget_limit"), ("薪资倒挂，内部不平衡", "salary_gap"), ("要价高，超出带宽", "salary_gap"),
        ("事业部拆分暂停", "team_reorg"), ("换了部门负责人，需求重定", "team_reorg"), ("行业不匹配，都是快消背景", "skill_gap"),
        ("没带过团队", "skill_gap"), ("内推的先定了", "other_chosen"), ("原公司加薪留住了", "candidate_withdrew"),
        ("不来了，家里不同意", "candidate_withdrew"), ("竞业期还有半年", "timing"), ("背调有出入", "other"),
        ("老板不喜欢", "other"),
    ],
)  # fmt: skip
def test_given_a_reason_in_words_when_read_then_its_type(raw, kind):
    assert outcomes.parse_reason(raw) == (kind, raw)


@pytest.mark.parametrize(
    ("raw", "pair"),
    [
        ("不予录用：团队架构调整", ("不予录用", "团队架构调整")),
        ("×，与简历年份对不上", ("×", "与简历年份对不上")),
        ("pass　原因：嫌薪资低", ("pass", "嫌薪资低")),
        ("淘汰（经验不够）", ("淘汰", "经验不够")),
        ("录用", ("录用", "")),
        ("人很好", ("", "人很好")),
    ],
)
def test_given_outcome_and_reason_in_one_cell_when_split_then_both(raw, pair):
    assert outcomes.split_result(raw) == pair


@pytest.mark.parametrize(
    ("raw", "people"),
    [
        ("何经理、王总,HR小周", ["何经理", "王总", "HR小周"]),
        ("赵姐 HR小周", ["赵姐", "HR小周"]),
        ("Amy, Bob Stone", ["Amy", "Bob Stone"]),
        ("孙厂/王总（主面）", ["孙厂", "王总"]),
        ("-", []),
    ],
)
def test_given_interviewers_in_one_cell_when_split_then_each_once(raw, people):
    assert texts.split_people(raw) == people


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("以后请不要再联系我", True),
        ("退订", True),
        ("这周先别联系我", False),
        ("老号别打了", False),
        ("希望双休", False),
    ],
)
def test_given_a_remark_when_it_asks_for_silence_then_only_a_lasting_wish_counts(words, asks):
    assert texts.asks_no_contact(words) is asks


@given(st.text(max_size=60))
def test_given_any_text_when_read_by_any_parser_then_nothing_raises(text):
    names.parse_name(text, may_hold_position=True)
    phones.parse_phones(text)
    salary.parse_pay(text, unit="K")
    salary.find_pay(text)
    dates.parse_day(text, today=TODAY, context=dates.Context(2024, 3))
    dates.context_of(text)
    outcomes.parse_status(text)
    outcomes.split_result(text)
    texts.split_people(text)


@given(st.integers(1_000, 100_000), st.integers(1_000, 100_000))
def test_given_two_amounts_when_written_as_a_range_then_low_is_never_above_high(one, other):
    pay = salary.parse_pay(f"{one}-{other}")

    assert (pay.low, pay.high) == (min(one, other), max(one, other))
