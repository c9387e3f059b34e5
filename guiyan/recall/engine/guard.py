"""What must not leave the house: the check a message passes while it is written and again at sending.

It refuses words of internal evaluations (also close paraphrases), other people's names, numbers and
addresses, pay figures that were not cleared, variables without a value, and forbidden words. Every
refusal names the sentence, the record it comes from, and the fix. It never changes the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from guiyan.kernel.errors import gettext_noop
from guiyan.recall.engine import textscan
from guiyan.recall.engine.records import Source
from guiyan.recall.engine.templates import MAX_BYTES
from guiyan.recall.engine.textscan import Span

Kind = Literal["internal", "person", "contact", "pay", "variable", "forbidden", "length", "empty"]

NEAR = 0.5  # share of a remark's word pairs found close together that makes a paraphrase
LEAST_PAIRS = 2  # fewer shared pairs are coincidence unless the whole remark is there
DEFAULT_FORBIDDEN: tuple[str, ...] = (
    "学历低", "年纪大", "年龄大", "已婚", "未婚", "已育", "未育", "生育", "怀孕", "乙肝", "星座", "血型",
    "保证录用", "一定录用", "肯定录用", "包过", "内定", "淘汰", "黑名单",
)  # fmt: skip


@dataclass(frozen=True)
class Inside:
    """One internal remark and its record."""

    source: Source
    words: str


@dataclass(frozen=True)
class Stranger:
    """Another person the message must not speak of. `name` is how the text would name them."""

    source: Source
    name: str


@dataclass(frozen=True)
class House:
    """What the guard knows: what is internal, who else exists, what was cleared.

    `open_words` are texts that may be said (shareable remarks, job titles, reasons, changes, company name);
    pairs of words from them never count against a message. Pay in CNY as it would be written.
    `own_contacts` are phones (digits) and addresses that may appear: the sender's and the company's.
    """

    internal: tuple[Inside, ...] = ()
    strangers: tuple[Stranger, ...] = ()
    open_words: tuple[str, ...] = ()
    cleared_pay: frozenset[Decimal] = frozenset()
    own_contacts: frozenset[str] = frozenset()
    forbidden: tuple[str, ...] = DEFAULT_FORBIDDEN


@dataclass(frozen=True)
class Refusal:
    """Why a sentence may not go: its `span` and `text`, the record, and the fix (message ids with places)."""

    kind: Kind
    span: Span
    text: str
    reason: str
    fix: str
    facts: dict[str, str] = field(default_factory=dict)
    source: Source | None = None


@dataclass(frozen=True)
class _Clause:
    inside: Inside
    pairs: frozenset[tuple[str, str]]
    size: int


class Guard:
    """A house prepared for checking many texts. Pure; safe to share."""

    def __init__(self, house: House) -> None:
        self.house = house
        allowed: set[tuple[str, str]] = set()
        for words in house.open_words:
            allowed |= textscan.bigrams(textscan.tokens(words).words)
        self._allowed = frozenset(allowed)
        self._clauses = tuple(_clauses(house.internal, self._allowed))
        self._forbidden = tuple((word, textscan.plain(word).text) for word in house.forbidden if word.strip())

    def check(self, text: str) -> tuple[Refusal, ...]:
        """Every refusal in the order of the text; empty means it may go. Same text, same answer."""
        if not text.strip():
            return (Refusal("empty", (0, 0), "", _EMPTY, _EMPTY_FIX),)
        found = [
            *_variables(text),
            *self._internal(text),
            *self._people(text),
            *self._contacts(text),
            *self._pay(text),
            *self._forbidden_words(text),
            *_length(text),
        ]
        return tuple(sorted(_once(found), key=lambda each: (each.span, each.kind)))

    def _internal(self, text: str) -> Iterator[Refusal]:
        present = textscan.signs(text)
        likely = [clause for clause in self._clauses if _possible(clause, present)]
        if not likely:
            return
        words = textscan.tokens(text)
        where: dict[tuple[str, str], list[int]] = {}
        for index, pair in enumerate(zip(words.words, words.words[1:], strict=False)):
            where.setdefault(pair, []).append(index)
        for clause in likely:
            hit = _closest(clause, where)
            if hit is not None:
                span = (words.spans[hit[0]][0], words.spans[hit[1] + 1][1])
                yield self._inside(text, textscan.sentence_around(text, span), clause.inside)

    def _inside(self, text: str, span: Span, inside: Inside) -> Refusal:
        source = inside.source
        facts = {"person": source.person, "record": source.label}
        return Refusal("internal", span, text[slice(*span)], _INTERNAL, _INTERNAL_FIX, facts, source)

    def _people(self, text: str) -> Iterator[Refusal]:
        unified = textscan.plain(text)
        body = [(index, sign) for index, sign in enumerate(unified.text) if not sign.isspace()]
        joined = "".join(sign for _, sign in body)
        for stranger in self.house.strangers:
            name = "".join(textscan.plain(stranger.name).text.split())
            at = joined.find(name) if name else -1
            if at >= 0:
                span = unified.span(body[at][0], body[at + len(name) - 1][0] + 1)
                around = textscan.sentence_around(text, span)
                facts = {"name": stranger.name}
                yield Refusal(
                    "person", around, text[slice(*around)], _PERSON, _PERSON_FIX, facts, stranger.source
                )

    def _contacts(self, text: str) -> Iterator[Refusal]:
        for value, span in (*textscan.phones(text), *textscan.emails(text)):
            if value not in self.house.own_contacts:
                around = textscan.sentence_around(text, span)
                yield Refusal(
                    "contact",
                    around,
                    text[slice(*around)],
                    _CONTACT,
                    _CONTACT_FIX,
                    {"value": text[slice(*span)]},
                )
        for span in textscan.id_numbers(text):
            around = textscan.sentence_around(text, span)
            yield Refusal("contact", around, text[slice(*around)], _ID, _CONTACT_FIX, {})

    def _pay(self, text: str) -> Iterator[Refusal]:
        for amount, span in textscan.pay_figures(text):
            if amount not in self.house.cleared_pay:
                around = textscan.sentence_around(text, span)
                facts = {"figure": text[slice(*span)].strip()}
                yield Refusal("pay", around, text[slice(*around)], _PAY, _PAY_FIX, facts)

    def _forbidden_words(self, text: str) -> Iterator[Refusal]:
        unified = textscan.plain(text)
        body = [(index, sign) for index, sign in enumerate(unified.text) if not sign.isspace()]
        joined = "".join(sign for _, sign in body)
        for word, needle in self._forbidden:
            at = joined.find("".join(needle.split()))
            if at >= 0:
                last = at + len("".join(needle.split())) - 1
                span = unified.span(body[at][0], body[last][0] + 1)
                around = textscan.sentence_around(text, span)
                yield Refusal(
                    "forbidden", around, text[slice(*around)], _FORBIDDEN, _FORBIDDEN_FIX, {"word": word}
                )


def check(text: str, house: House) -> tuple[Refusal, ...]:
    """One text against one house; see Guard.check."""
    return Guard(house).check(text)


def without(text: str, span: Span) -> str:
    """The text with a refused sentence taken out, as the "delete this sentence" button does."""
    before, after = text[: span[0]], text[span[1] :]
    if before.endswith("\n") and after.startswith("\n"):
        after = after.lstrip("\n")
        before = before.rstrip("\n") + "\n\n" if after else before
    return (before + after).strip()


def _clauses(internal: Iterable[Inside], allowed: frozenset[tuple[str, str]]) -> Iterator[_Clause]:
    """Split remarks where they pause: each pause holds one judgement. Whole remarks count too when short."""
    for inside in internal:
        parts = [part for part in re.split(r"[，,。.；;！!？?、\n]", inside.words) if part.strip()]
        for part in {*parts, inside.words} if len(parts) <= 3 else set(parts):
            words = textscan.tokens(part).words
            pairs = textscan.bigrams(words) - allowed
            if len(pairs) >= LEAST_PAIRS:
                yield _Clause(inside, pairs, len(words))


def _need(clause: _Clause) -> int:
    return max(LEAST_PAIRS, _ceil(len(clause.pairs) * NEAR))


def _possible(clause: _Clause, present: frozenset[str]) -> bool:
    """Cheap and never wrong: enough pairs have both their signs somewhere in the text (words always count)."""
    found = sum(1 for a, b in clause.pairs if (a in present or len(a) > 1) and (b in present or len(b) > 1))
    return found >= _need(clause)


def _closest(clause: _Clause, where: dict[tuple[str, str], list[int]]) -> Span | None:
    """The narrowest stretch that holds enough of a clause's pairs, as token indexes, or None."""
    places = sorted((index, pair) for pair in clause.pairs for index in where.get(pair, ()))
    need = _need(clause)
    width = clause.size * 2 + 4
    left = 0
    held: dict[tuple[str, str], int] = {}
    for right, (index, pair) in enumerate(places):
        held[pair] = held.get(pair, 0) + 1
        while index - places[left][0] > width:
            old = places[left][1]
            held[old] -= 1
            if not held[old]:
                del held[old]
            left += 1
        if len(held) >= need:
            return places[left][0], places[right][0]
    return None


def _ceil(value: float) -> int:
    return int(value) + (value > int(value))


def _variables(text: str) -> Iterator[Refusal]:
    for match in re.finditer(r"\{\{.*?\}\}|\{\{|\}\}|\[\[|\]\]", text, re.DOTALL):
        around = textscan.sentence_around(text, match.span())
        name = match.group().strip("{}[] ")
        yield Refusal(
            "variable",
            around,
            text[slice(*around)],
            _VARIABLE,
            _VARIABLE_FIX,
            {"name": name or match.group()},
        )


def _length(text: str) -> Iterator[Refusal]:
    size = len(text.encode("utf-8"))
    if size > MAX_BYTES:
        facts = {"size": str(size), "limit": str(MAX_BYTES)}
        yield Refusal("length", (0, len(text)), "", _LENGTH, _LENGTH_FIX, facts)


def _once(found: Iterable[Refusal]) -> Iterator[Refusal]:
    seen: set[object] = set()
    for each in found:
        key = (each.kind, each.span, each.source, tuple(sorted(each.facts.items())))
        if key not in seen:
            seen.add(key)
            yield each


_EMPTY = gettext_noop("The message is empty.")
_EMPTY_FIX = gettext_noop("Choose a template or write a few words.")
_INTERNAL = gettext_noop("It comes from %(record)s by %(person)s, which is for internal eyes only.")
_INTERNAL_FIX = gettext_noop("Delete it, or ask %(person)s to release it to the candidate.")
_PERSON = gettext_noop("It names %(name)s, who is another candidate.")
_PERSON_FIX = gettext_noop("Delete it; one candidate never hears about another.")
_CONTACT = gettext_noop("It holds a number or address that is not ours: %(value)s.")
_ID = gettext_noop("It holds what looks like an identity number.")
_CONTACT_FIX = gettext_noop("Delete it, or use the contact of the sender.")
_PAY = gettext_noop("It names pay (%(figure)s) that was not cleared for this candidate.")
_PAY_FIX = gettext_noop("Delete the figure and talk about pay in person, or have the band cleared.")
_VARIABLE = gettext_noop("“%(name)s” has no value.")
_VARIABLE_FIX = gettext_noop("Fill it in by hand, add the fact to the dossier, or delete the sentence.")
_FORBIDDEN = gettext_noop("“%(word)s” is on the list of words we do not write.")
_FORBIDDEN_FIX = gettext_noop("Say it differently, or delete the sentence.")
_LENGTH = gettext_noop("The message is %(size)s bytes long; WeCom takes %(limit)s.")
_LENGTH_FIX = gettext_noop("Shorten it.")
