"""The house's rules that no linter knows: sizes, rooms, doors."""

import ast
from pathlib import Path

import pytest

import guiyan
from guiyan.platform.messages import untranslated

ROOT = Path(guiyan.__file__).parent
SOURCES = sorted(
    path
    for package in (ROOT, ROOT.parent / "wecom_sandbox")
    for path in package.rglob("*.py")
    if "migrations" not in path.parts
)
MAX_FILE, MAX_FUNCTION = 400, 50


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT.parent))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_given_every_source_then_no_file_is_longer_than_the_limit():
    long = {
        relative(p): n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > MAX_FILE
    }

    assert long == {}


def test_given_every_function_then_none_is_longer_than_the_limit():
    long = {
        f"{relative(path)}:{node.name}": lines
        for path in SOURCES
        for node in functions(path)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION
    }

    assert long == {}


def test_given_every_module_then_it_says_what_it_is_for():
    silent = [
        relative(path)
        for path in SOURCES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


@pytest.mark.parametrize(
    "room", ["accounts", "approvals", "importing", "people", "recall", "recruiting", "search"]
)
def test_given_public_commands_and_queries_then_each_has_a_docstring(room):
    files = [p for name in ("commands", "queries", "policies") for p in _parts(ROOT / room, name)]
    silent = [
        f"{relative(path)}:{node.name}"
        for path in files
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def _parts(room: Path, name: str) -> list[Path]:
    return [p for p in (room / f"{name}.py", *sorted((room / name).glob("*.py"))) if p.exists()]


@pytest.mark.parametrize(
    "room", ["accounts", "approvals", "importing", "people", "recall", "recruiting", "search"]
)
def test_given_commands_then_who_and_when_are_always_named(room):
    loose = [
        f"{relative(path)}:{node.name}"
        for path in _parts(ROOT / room, "commands")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and {a.arg for a in node.args.args} & {"actor", "now"}
    ]

    assert loose == []


def test_given_rules_below_the_doors_then_none_reads_the_clock():
    readers = [
        relative(path)
        for path in SOURCES
        if path.parent.name == "engine" or path.stem in {"commands", "policies"} or path.parent.name == "commands"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"} and "config" not in path.parts
        and isinstance(node.value, ast.Name) and node.value.id in {"datetime", "date", "timezone", "clock"}
    ]  # fmt: skip

    assert readers == []


def test_given_every_marked_sentence_then_it_has_a_chinese_one():
    assert untranslated(ROOT) == []


def test_given_the_templates_then_no_inline_handler_style_or_safe_filter():
    bad = {
        relative(path): mark
        for path in ROOT.rglob("*.html")
        for mark in ("onclick=", "onload=", "onsubmit=", "onchange=", ' style="', "|safe", "javascript:")
        if mark in path.read_text(encoding="utf-8")
    }

    assert bad == {}


def test_given_template_engines_then_messages_to_candidates_use_none():
    for path in (ROOT / "recall" / "engine").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "django.template" not in source
        assert "jinja2" not in source
        assert ".format_map(" not in source
