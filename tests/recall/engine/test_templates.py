import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.recall.engine import guard, starters, templates
from guiyan.recall.engine.templates import VARIABLES, BadTemplate, Fill, render, trace
from tests.recall.engine.facts import END

FULL = {name: Fill(f"〔{name}〕") for name in VARIABLES}


def test_values_are_filled_and_marked_with_their_source():
    rendered = render("是因为{{reason}}。", {"reason": Fill("两个中心合并", END)})

    assert rendered.text == "是因为两个中心合并。"
    assert [(part.text, part.variable, part.source) for part in rendered.segments] == [
        ("是因为", "", None),
        ("两个中心合并", "reason", END),
        ("。", "", None),
    ]
    assert rendered.missing == ()


def test_an_optional_block_vanishes_without_its_fact_and_leaves_no_gap():
    rendered = render("您好。\n\n[[王总记得：{{regard}}。]]\n\n请回来聊聊。", {})

    assert rendered.text == "您好。\n\n请回来聊聊。"


def test_a_missing_required_value_is_reported_and_stays_visible():
    rendered = render("{{address}}您好", {"address": Fill("  ")})

    assert rendered.missing == ("address",)
    assert rendered.text == "{{address}}您好"


@pytest.mark.parametrize(
    "attack",
    [
        "{{7*7}}",
        "{{c.__class__}}",
        "{{ company.__init__ }}",
        "{{unknown}}",
        "{{}}",
        "{{company",
        "company}}",
        "[[x]]",
    ],
)
def test_a_template_that_computes_or_is_broken_is_refused(attack):
    with pytest.raises(BadTemplate):
        templates.parse(attack)


@pytest.mark.parametrize(
    "text", ["{% debug %}", "{0.__class__}", "${7*7}", "%(company)s", "#{7*7}", "<%= 7 %>"]
)
def test_the_brackets_of_other_engines_are_plain_words(text):
    assert render(text, FULL).text == text


def test_a_misspelt_variable_names_the_right_one():
    with pytest.raises(BadTemplate, match=r"\{\{company\}\}"):
        templates.parse("我是{{compani}}的")


def test_a_value_is_never_read_as_a_template():
    assert (
        render("{{company}}", {"company": Fill("{{sender}}[[x]]"), "sender": Fill("周敏")}).text
        == "{{sender}}[[x]]"
    )


def test_nested_and_unclosed_blocks_are_refused():
    for bad in ("[[a {{company}} [[b {{sender}}]]]]", "[[a {{company}}", "a]]"):
        with pytest.raises(BadTemplate):
            templates.parse(bad)


@given(st.text(), st.text(min_size=1))
def test_segments_always_join_back_to_the_text(text, value):
    rendered = render("甲{{company}}[[乙{{reason}}]]丙", {"company": Fill(text), "reason": Fill(value)})

    assert "".join(part.text for part in rendered.segments) == rendered.text


@given(st.text(), st.text())
def test_trace_never_changes_an_edited_text(text, value):
    assert "".join(part.text for part in trace(text, {"company": Fill(value)})) == text


def test_trace_finds_the_filled_words_again_after_editing():
    parts = trace("我是澜川装备的小周", {"company": Fill("澜川装备"), "sender": Fill("周敏")})

    assert [(part.text, part.variable) for part in parts] == [
        ("我是", ""),
        ("澜川装备", "company"),
        ("的小周", ""),
    ]


@pytest.mark.parametrize("starter", starters.starters(), ids=lambda each: f"{each.key}-{each.lang}")
def test_every_starter_reads_well_full_and_bare_and_passes_the_guard(starter):
    full = render(starter.body, {**FULL, "later_on": Fill("春节后")})
    bare = render(
        starter.body,
        {name: Fill("某某") for name in ("address", "company", "sender", "requester", "position")},
    )

    assert full.missing == bare.missing == ()
    assert len(full.text.encode()) <= templates.MAX_BYTES
    assert guard.check(bare.text, guard.House()) == ()
    for rough in ("\n\n\n", "，，", "。。", "  ", "，。", "[[", "{{"):
        assert rough not in bare.text


def test_there_is_a_first_message_for_every_reason_in_both_languages():
    reasons = {
        "HEADCOUNT_FROZEN", "BUDGET_LIMIT", "SALARY_GAP", "TEAM_REORG", "SKILL_GAP", "OTHER_CHOSEN",
        "CANDIDATE_WITHDREW", "TIMING", "OTHER",
    }  # fmt: skip
    for lang in ("zh-hans", "en"):
        mine = [each for each in starters.starters() if each.lang == lang]
        assert {each.reason for each in mine if each.kind == "FIRST"} == reasons
        assert {each.kind for each in mine} == {"FIRST", "REMINDER", "LATER"}


def test_the_template_module_uses_no_template_engine_and_no_format():
    tree = ast.parse(Path(templates.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not {name for name in names if name.startswith(("django", "jinja", "string"))}
    assert not calls & {"format", "format_map", "Template", "eval", "exec"}
