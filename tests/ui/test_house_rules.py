"""What every page keeps to: icons that exist, no inline code or style, words in both languages, short style sheets."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from guiyan.platform.uikit.icons import SOURCE_ICONS

PRODUCT = Path(settings.BASE_DIR) / "guiyan"
TEMPLATES = sorted(path for path in PRODUCT.rglob("*.html") if "static" not in path.parts)
SHEETS = sorted((PRODUCT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((PRODUCT / "static" / "js").glob("*.js"))
ICON = re.compile(
    r"""{%\s*icon(?:_inline)?\s+["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']|default:"([a-z0-9-]+)" %}{# icon"""
)
CALL = re.compile(
    r"""(?<!p)gettext\(\s*u?(?:'''(.*?)'''|\"\"\"(.*?)\"\"\"|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""",
    re.DOTALL,
)


def name_of(path: Path) -> str:
    return str(path.relative_to(PRODUCT))


def test_given_the_icons_in_use_when_compared_with_the_list_then_set_up_copies_them_all():
    listed = set((PRODUCT / "static" / "icons" / "used.txt").read_text("utf-8").split())
    used = {
        name
        for path in TEMPLATES
        for found in ICON.findall(path.read_text("utf-8"))
        for name in found
        if name
    }

    assert (used | set(SOURCE_ICONS.values())) - listed == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_given_a_template_when_read_then_it_holds_no_inline_style_or_handler(path):
    text = path.read_text("utf-8")

    assert not re.search(r"""\sstyle\s*=\s*["']""", text)
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
    assert "hx-on" not in text
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=name_of)
def test_given_a_sheet_or_script_when_read_then_it_is_short_and_asks_nobody_outside(path):
    text = path.read_text("utf-8")

    assert len(text.splitlines()) <= 400
    assert not re.search(r"https?://", text)
    assert "@import" not in text
    assert "eval(" not in text


def test_given_our_own_templates_when_read_then_every_word_has_its_chinese():
    import polib

    catalogues = [polib.pofile(str(path)) for path in PRODUCT.rglob("zh_Hans/LC_MESSAGES/django.po")]
    known = {entry.msgid for words in catalogues for entry in words if entry.msgstr or entry.msgstr_plural}
    asked = {
        next(part for part in found if part).replace("\\'", "'").replace('\\"', '"')
        for path in (PRODUCT / "templates").rglob("*.html")
        for found in CALL.findall(templatize(path.read_text("utf-8"), origin=str(path)))
        if any(found)
    }

    assert asked - known == set()


def test_given_the_candidates_page_when_its_styles_are_counted_then_it_stays_far_below_60_kb():
    weight = sum(
        (PRODUCT / "static" / "css" / name).stat().st_size
        for name in ("tokens.css", "candidate_base.css", "candidate.css")
    )

    assert weight < 20_000
