from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.recall.engine import guard, textscan
from guiyan.recall.engine.guard import Guard, House, Inside, Stranger
from guiyan.recall.engine.records import Source
from tests.recall.engine.facts import FIRST, INTERNAL, REGARD

OTHER = Source("candidate", "77", "候选人", "刘思远")
HOUSE = House(
    internal=(Inside(FIRST, INTERNAL),),
    strangers=(Stranger(OTHER, "刘思远"),),
    open_words=("供应链经理", "澜川装备", REGARD, "供应链中心恢复独立"),
    cleared_pay=frozenset({Decimal(30000), Decimal(38000)}),
    own_contacts=frozenset({"05126888000", "zhoumin@lanchuan.example"}),
)
CLEAN = (
    "张女士您好，我是澜川装备的周敏，9月和您聊过近况。\n\n王总一直记得您：讲缺料时先说自己判断错的那次，让人信服。\n\n"
    "3月没能请您来，是因为两个中心合并，岗位取消了，与您的能力无关。\n\n现在供应链中心恢复独立，供应链经理岗位 11月16日重开，"
    "团队 6 人，管 3万台设备的物料。\n\n王总想请您回来聊一聊，时间您定。"
)


def kinds(text: str, house: House = HOUSE) -> list[str]:
    return [each.kind for each in guard.check(text, house)]


def test_the_message_of_the_design_passes():
    assert guard.check(CLEAN, HOUSE) == ()


def test_the_refused_sentence_of_the_design_names_its_span_record_and_fix():
    bad = "陈总当时只是觉得您英语口语一般。"
    text = CLEAN.replace("无关。", "无关。" + bad)

    (refusal,) = guard.check(text, HOUSE)

    assert refusal.kind == "internal"
    assert text[slice(*refusal.span)] == refusal.text == bad
    assert refusal.source == FIRST
    assert (
        refusal.reason % refusal.facts == "It comes from 一面评价 by 陈志远, which is for internal eyes only."
    )
    assert refusal.fix % refusal.facts == "Delete it, or ask 陈志远 to release it to the candidate."
    assert guard.without(text, refusal.span) == CLEAN


@pytest.mark.parametrize(
    "sentence",
    [
        "您英语口语一般。",
        "当时觉得您的英文口语比较普通。",
        "您的英语口语，怎么说呢，很一般。",
        "英 语 口 语 一 般",
        "英\u200b语口\u200b语一般",
        "英·语·口·语·一·般",
        "和跨国供应商沟通您会有点吃力吧。",
        "口语不太好，英语口语还要练。",
    ],
)
def test_paraphrases_of_an_internal_remark_are_refused(sentence):
    assert "internal" in kinds(CLEAN + "\n\n" + sentence)


@pytest.mark.parametrize(
    "sentence",
    ["供应商会来现场。", "英语不是这个岗位的要求。", "请一般在工作日联系。", "我们和跨国公司有合作。"],
)
def test_single_shared_words_are_no_paraphrase(sentence):
    assert kinds(sentence) == []


@given(
    st.text(alphabet=" \u200b，、·-…（）\n", max_size=3),
    st.text(alphabet="今天明年请来聊聊谢时间方便岗位团队", max_size=30),
    st.text(alphabet="今天明年请来聊聊谢时间方便岗位团队", max_size=30),
)
def test_an_internal_remark_is_found_whatever_stands_around_and_between(gap, before, after):
    hidden = gap.join("英语口语一般")

    assert "internal" in kinds(f"{before}。{hidden}。{after}")


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_any_text_is_checked_without_error_and_spans_lie_inside(text):
    for refusal in Guard(HOUSE).check(text):
        assert 0 <= refusal.span[0] <= refusal.span[1] <= len(text)


@given(st.text(alphabet=INTERNAL + "的，您很。", max_size=40))
def test_deleting_refused_sentences_always_ends_in_a_clean_or_empty_text(text):
    for _ in range(50):
        refusals = [each for each in guard.check(text, HOUSE) if each.kind != "empty"]
        if not refusals:
            break
        text = guard.without(text, refusals[0].span)
    assert all(each.kind == "empty" for each in guard.check(text, HOUSE))


def test_another_candidate_is_refused_by_name_phone_and_email():
    text = "刘思远也来过。他的电话 138 1234 5678。写信到 Liu.SY@qq.com。"

    found = guard.check(text, HOUSE)

    assert [(each.kind, each.text) for each in found] == [
        ("person", "刘思远也来过。"),
        ("contact", "他的电话 138 1234 5678。"),
        ("contact", "写信到 Liu.SY@qq.com。"),
    ]
    assert found[0].source == OTHER


@pytest.mark.parametrize("text", ["刘 思 远也来过", "刘\u200b思远", "劉思遠"])
def test_a_name_is_found_with_blanks_inside(text):
    expected = [] if "劉" in text else ["person"]  # traditional spelling is another string; import folds it

    assert kinds(text) == expected


def test_our_own_number_and_address_may_stand():
    assert kinds("打 0512-6888000，或写 zhoumin@lanchuan.example。") == []


@pytest.mark.parametrize(
    "text",
    [
        "可以给到35K。", "月薪 3.5万", "给您三万五", "薪资35000", "底薪 9,500 元", "¥33,000", "30–40K", "四十万年薪",
        "３５Ｋ", "package 在 40w 左右", "3万6的工资是够的",
    ],
)  # fmt: skip
def test_pay_that_was_not_cleared_is_refused(text):
    assert "pay" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "30–38K。",
        "岗位 30K 起",
        "3万台设备",
        "团队 1000 人",
        "2026年11月16日",
        "10:30 来",
        "5千米外",
        "三千多人",
        "ISO 9001 体系",
        "4万平米的厂房",
    ],
)
def test_cleared_bands_and_other_numbers_pass(text):
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["{{address}}您好", "您好[[再说]]", "您好{{"])
def test_unresolved_variables_are_refused(text):
    assert "variable" in kinds(text)


def test_forbidden_words_identity_numbers_emptiness_and_length():
    assert kinds("您还未 婚吧。") == ["forbidden"]
    assert kinds("您的身份证 320501199001011234。") == ["contact"]
    assert kinds(" \n") == ["empty"]
    assert kinds("好" * 1400) == ["length"]


def test_a_remark_that_was_released_no_longer_blocks():
    released = House(internal=HOUSE.internal, open_words=(*HOUSE.open_words, INTERNAL))

    assert kinds("您英语口语一般。", released) == []


def test_possible_names_find_the_person_and_spare_everyday_words():
    found = textscan.possible_names("上次来的刘思远说，欧阳明哲和王芳都很高兴，方便时间再聊。")

    assert {"刘思远", "欧阳明哲", "王芳"} <= found
    assert not {"高兴", "方便", "时间"} & found


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("三万五", 35000),
        ("两万", 20000),
        ("十二万", 120000),
        ("月薪 8 千", 8000),
        ("2.8万", 28000),
        ("18k", 18000),
    ],
)
def test_amounts_are_read_exactly(text, amount):
    assert [value for value, _ in textscan.pay_figures(text)] == [Decimal(amount)]
