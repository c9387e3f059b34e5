"""Tokens, plans, highlights and order: pure values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.search.engine import analyser, highlight, plan, ranking
from guiyan.search.engine.folding import fold
from guiyan.search.engine.parts import Facet, Part


def part(facet, value, shown=""):
    return Part(facet, value, shown or value, 0, len(value))


def test_given_text_when_folded_then_width_case_and_script_are_one_and_the_length_stays():
    assert fold("ＳＡＰ 張經理 S&OP") == "sap 张经理 s&op"
    assert fold("ß㎡İ") == fold("ß㎡İ")


@given(st.text(max_size=60))
def test_given_any_text_when_folded_then_the_length_stays(text):
    assert len(fold(text)) == len(text)


def test_given_text_when_analysed_then_bigrams_long_words_and_latin_pieces():
    tokens = analyser.text_tokens("供应链缺料率 S&OP 6sigma")
    assert {"供应", "应链", "链缺", "缺料", "料率", "供应链", "s&op", "op", "6sigma"} <= tokens


@given(st.text(max_size=40))
def test_given_any_text_when_analysed_then_a_phrase_of_it_is_found_again(text):
    assert set(analyser.phrase_tokens(text)) <= analyser.text_tokens(text)


@pytest.mark.parametrize(
    ("number", "forms"),
    [
        ("MS-2026-000123", {"i:ms2026000123", "i:2026-123", "i:n123"}),
        ("MS-2022-1042", {"i:ms20221042", "i:2022-1042", "i:n1042"}),
        ("A1023", {"i:a1023", "i:n1023"}),
        ("X", {"i:x"}),
    ],
)
def test_given_an_interview_number_when_analysed_then_all_ways_to_say_it(number, forms):
    assert analyser.interview_number_forms(number) == forms


def test_given_a_company_when_cored_then_the_legal_form_is_gone():
    assert analyser.company_core("恒裕电子（苏州）股份有限公司") == "恒裕电子"
    assert analyser.company_core("华为") == "华为"
    assert analyser.company_core("有限公司") == "有限公司"


def test_given_no_right_to_contact_when_planned_then_phone_parts_are_left_out():
    parts = [part(Facet.PHONE, "4:5678"), part(Facet.SURNAME, "张")]
    assert [c.query for c in plan.conditions(parts, hash_phone=None)] == ["'s:张'"]
    assert [c.query for c in plan.conditions(parts, hash_phone=lambda _: "ab")] == ["'p:ab'", "'s:张'"]


def test_given_identity_when_planned_for_less_then_it_must_still_hold():
    asked = plan.conditions(
        [part(Facet.SURNAME, "张"), part(Facet.REASON, "TIMING"), part(Facet.CITY, "x")], hash_phone=None
    )
    assert plan.at_least(asked, 3) == "('s:张' & 'rr:timing' & ('ci:x' | 'x'))"
    assert plan.at_least(asked, 2) == "('s:张' & ('rr:timing' | ('ci:x' | 'x')))"
    assert plan.at_least(asked, 1) == "'s:张'"


def test_given_quotes_and_backslashes_when_quoted_then_postgresql_reads_one_token():
    assert plan.quoted("it's\\") == "'it''s\\\\'"
    assert plan.quoted("y:zh", prefix=True) == "'y:zh':*"


def test_given_a_period_when_planned_then_years_months_and_days_cover_it_exactly():
    query = plan.conditions([part(Facet.TIME, "2024-12-30/2026-02-02")], hash_phone=None)[0].query
    assert query == "('d:20241230' | 'd:20241231' | 'yr:2025' | 'ym:202601' | 'd:20260201')"


def test_given_a_record_when_excerpted_then_the_clause_with_most_words_comes():
    texts = [
        "人很好。",
        "S&OP 从零搭起，供应链缺料率一年从 6.8% 降到 2.1%。其他没什么可说的，来过两次公司看看环境还可以的样子。",
    ]
    found = highlight.best_excerpt(texts, ["供应链", "缺料率"])
    assert found is not None
    index, excerpt = found
    assert index == 1
    assert excerpt.text == "S&OP 从零搭起，供应链缺料率一年从 6.8% 降到 2.1%"
    assert [excerpt.text[a:b] for a, b in excerpt.spans] == ["供应链缺料率"]
    assert highlight.best_excerpt(texts, ["采购"]) is None
    assert highlight.best_excerpt([], ["采购"]) is None


def test_given_a_name_when_lit_then_the_asked_part_only():
    assert highlight.name_spans("张若岚", [part(Facet.SURNAME, "章|张")]) == ((0, 1),)
    assert highlight.name_spans("张若岚", [part(Facet.NAME, "章若兰")]) == ((0, 3),)
    assert highlight.name_spans("张若岚", [part(Facet.GIVEN, "岚")]) == ((2, 3),)
    assert highlight.name_spans("张若岚", [part(Facet.CITY, "张")]) == ()


def test_given_matches_when_ordered_then_identity_then_count_then_weight_then_recency():
    facets = [Facet.NAME, Facet.WORD, Facet.TIME]
    old, new = date(2024, 1, 1), date(2026, 1, 1)
    exact = ranking.Match(1, old, (0,), exact=True)
    two = ranking.Match(2, old, (1, 2), exact=False)
    word = ranking.Match(3, old, (1,), exact=False)
    time_new = ranking.Match(4, new, (2,), exact=False)
    time_old = ranking.Match(5, old, (2,), exact=False)
    mixed = [time_old, word, two, time_new, exact]
    assert ranking.order(mixed, facets) == [exact, two, word, time_new, time_old]
