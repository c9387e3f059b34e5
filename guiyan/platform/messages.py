"""Translations: compile every room's catalogue, and find sentences without a Chinese one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib

LANGUAGE = "zh_Hans"
CATALOGUE = f"locale/{LANGUAGE}/LC_MESSAGES/django.po"
MARKERS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "N_",
}
PLURAL, CONTEXT = {"ngettext", "ngettext_lazy"}, {"pgettext", "pgettext_lazy"}
TRANSLATE = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]*)"|'([^']*)')""")
UNDERSCORE = re.compile(r"""_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")
BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b(.*?)%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
VARIABLE = re.compile(r"{{\s*([\w.]+)(?:\|[^}]*)?\s*}}")


def catalogues(root: Path) -> list[Path]:
    """Every room's catalogue below the package."""
    return sorted(root.glob(f"**/{CATALOGUE}"))


def compile_all(root: Path) -> int:
    """Write the .mo beside each .po that is newer; returns how many were written."""
    written = 0
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def untranslated(root: Path) -> list[tuple[str, str]]:
    """(file, sentence) for each marked sentence that no catalogue translates."""
    known = {
        text
        for source in catalogues(root)
        for entry in polib.pofile(str(source))
        if not entry.obsolete
        and not entry.fuzzy
        and (entry.msgstr or all(entry.msgstr_plural.values() or [""]))
        for text in (entry.msgid, entry.msgid_plural)
    }
    return sorted(
        {(str(path.relative_to(root)), text) for path, text in marked(root) if text and text not in known}
    )


def marked(root: Path) -> Iterator[tuple[Path, str]]:
    """Every sentence marked for translation in code and templates."""
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from ((path, text) for text in _in_code(path.read_text(encoding="utf-8")))
    for path in sorted(root.rglob("*.html")):
        yield from ((path, text) for text in _in_template(path.read_text(encoding="utf-8")))


def _in_code(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in MARKERS:
            continue
        places = node.args[:2] if name in PLURAL else node.args[1:2] if name in CONTEXT else node.args[:1]
        yield from (
            arg.value for arg in places if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        )


def _in_template(source: str) -> Iterator[str]:
    for double, single in (*TRANSLATE.findall(source), *UNDERSCORE.findall(source)):
        yield double or single
    for options, body in BLOCK.findall(source):
        for part in re.split(r"{%\s*plural\s*%}", body):
            text = VARIABLE.sub(r"%(\1)s", part)
            yield " ".join(text.split()) if "trimmed" in options else text
