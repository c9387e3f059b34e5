"""Message templates: `{{name}}` from a fixed list, `[[optional blocks]]`, and nothing that computes.

Not a template engine on purpose (security.md IJ3): a name is looked up, anything else is refused
when the template is saved. Filled values are never read again for placeholders.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guiyan.kernel.errors import Refused, gettext_noop
from guiyan.recall.engine.records import Source

# name -> what it is, for the "insert variable" menu
VARIABLES: dict[str, str] = {
    "address": gettext_noop("How to greet the candidate"),
    "company": gettext_noop("Our company"),
    "sender": gettext_noop("Who sends the message"),
    "requester": gettext_noop("Who asks for the recall"),
    "last_talk": gettext_noop("When we last talked"),
    "met_on": gettext_noop("When the interview was"),
    "position": gettext_noop("The job now"),
    "position_then": gettext_noop("The job then"),
    "regard": gettext_noop("What was valued by who asks, in words that may be passed on"),
    "praise": gettext_noop("What another interviewer valued, in words that may be passed on"),
    "reason": gettext_noop("Why it did not work, in words that may be passed on"),
    "change": gettext_noop("What has changed since"),
    "later_on": gettext_noop("When the candidate asked to hear from us"),
}
MAX_BYTES = 4000  # text.content of a WeCom mass message, in UTF-8 bytes

_PIECE = re.compile(r"\{\{(.*?)\}\}|(\[\[)|(\]\])", re.DOTALL)
_NAME = re.compile(r"\s*([a-z_]+)\s*")


class BadTemplate(Refused):
    """A template cannot be saved: an unknown variable, or brackets that do not close."""

    code = "bad_template"
    message = gettext_noop("The template cannot be read at “%(near)s”: %(problem)s.")
    fix = gettext_noop("%(remedy)s")


@dataclass(frozen=True)
class Fill:
    """A value for one variable and the record it came from."""

    text: str
    source: Source | None = None


@dataclass(frozen=True)
class Segment:
    """A stretch of the message. `variable` is empty for the template's own words."""

    text: str
    variable: str = ""
    source: Source | None = None


@dataclass(frozen=True)
class Rendered:
    """The message: its text, the same text in segments, and the required variables left empty."""

    text: str
    segments: tuple[Segment, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Node:
    text: str = ""
    variable: str = ""
    block: tuple["_Node", ...] = ()


@lru_cache(maxsize=256)
def parse(template: str) -> tuple[_Node, ...]:
    """Check a template and take it apart. Raises BadTemplate naming the place and the remedy."""
    outer: list[_Node] = []
    inner: list[_Node] | None = None
    at = 0
    for match in _PIECE.finditer(template):
        _literal(template[at : match.start()], outer if inner is None else inner)
        at = match.end()
        if match.group(2):
            if inner is not None:
                raise _bad(template, match.start(), gettext_noop("an optional block inside another"))
            inner = []
        elif match.group(3):
            if inner is None:
                raise _bad(template, match.start(), gettext_noop("an optional block ends but never began"))
            if not any(node.variable for node in inner):
                raise _bad(template, match.start(), gettext_noop("an optional block without a variable"))
            outer.append(_Node(block=tuple(inner)))
            inner = None
        else:
            (outer if inner is None else inner).append(
                _Node(variable=_known(match.group(1), template, match))
            )
    _literal(template[at:], outer if inner is None else inner)
    if inner is not None:
        raise _bad(template, len(template), gettext_noop("an optional block is not closed"))
    return tuple(outer)


def _literal(text: str, nodes: list[_Node]) -> None:
    for bracket in ("{{", "}}"):
        if bracket in text:
            raise _bad(text, text.index(bracket), gettext_noop("a variable bracket without its partner"))
    if text:
        nodes.append(_Node(text=text))


def _known(raw: str, template: str, match: re.Match[str]) -> str:
    name = _NAME.fullmatch(raw)
    if name is not None and name.group(1) in VARIABLES:
        return name.group(1)
    near = difflib.get_close_matches(raw.strip(), VARIABLES, n=1)
    remedy = gettext_noop("Use a variable from the list.") if not near else f"{{{{{near[0]}}}}}"
    raise BadTemplate(
        near=template[match.start() : match.end()][:40],
        problem=gettext_noop("no such variable"),
        remedy=remedy,
    )


def _bad(text: str, at: int, problem: str) -> BadTemplate:
    return BadTemplate(
        near=text[max(at - 10, 0) : at + 10],
        problem=problem,
        remedy=gettext_noop("Write {{name}} for a variable and [[words {{name}}]] for an optional block."),
    )


def variables_of(template: str) -> frozenset[str]:
    """Every variable a template uses, optional ones included."""
    nodes = parse(template)
    return frozenset(part.variable for node in nodes for part in (node, *node.block) if part.variable)


def render(template: str, values: Mapping[str, Fill]) -> Rendered:
    """Fill a template. A block with a missing value vanishes; a required one stays `{{name}}`, reported.

    Values lose control characters and surrounding blanks, and are never parsed again.
    """
    segments: list[Segment] = []
    missing: list[str] = []
    for node in parse(template):
        if node.block:
            if all(not part.variable or _filled(values, part.variable) for part in node.block):
                segments += [_segment(part, values) for part in node.block]
        elif node.variable and not _filled(values, node.variable):
            missing.append(node.variable)
            segments.append(Segment("{{" + node.variable + "}}", node.variable))
        else:
            segments.append(_segment(node, values))
    merged = _tidy(segments)
    return Rendered("".join(part.text for part in merged), merged, tuple(dict.fromkeys(missing)))


def _filled(values: Mapping[str, Fill], name: str) -> bool:
    return name in values and bool(_clean(values[name].text))


def _segment(node: _Node, values: Mapping[str, Fill]) -> Segment:
    if not node.variable:
        return Segment(node.text)
    fill = values[node.variable]
    return Segment(_clean(fill.text), node.variable, fill.source)


def _clean(text: str) -> str:
    if text.isprintable():
        return text.strip()
    return "".join(each for each in text if each == "\n" or each.isprintable()).strip()


def _tidy(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Join neighbouring template words, so that vanished blocks leave no blank lines or double spaces."""
    out: list[Segment] = []
    for part in segments:
        if out and not out[-1].variable and not part.variable:
            out[-1] = Segment(out[-1].text + part.text)
        else:
            out.append(part)
    tidy = [part if part.variable else Segment(re.sub(r"\n{3,}", "\n\n", part.text)) for part in out]
    if tidy and not tidy[0].variable:
        tidy[0] = Segment(tidy[0].text.lstrip())
    if tidy and not tidy[-1].variable:
        tidy[-1] = Segment(tidy[-1].text.rstrip())
    return tuple(part for part in tidy if part.text)


def trace(text: str, values: Mapping[str, Fill]) -> tuple[Segment, ...]:
    """Mark in an edited text what still comes from the dossier, for the coloured ground of the composer.

    Longest values win where two overlap; single characters are not marked. The segments join back to `text`.
    """
    known = {
        _clean(fill.text): (name, fill.source) for name, fill in values.items() if len(_clean(fill.text)) > 1
    }
    if not known:
        return (Segment(text),) if text else ()
    pattern = re.compile("|".join(re.escape(value) for value in sorted(known, key=len, reverse=True)))
    out: list[Segment] = []
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            out.append(Segment(text[at : match.start()]))
        name, source = known[match.group()]
        out.append(Segment(match.group(), name, source))
        at = match.end()
    if at < len(text):
        out.append(Segment(text[at:]))
    return tuple(out)
