"""Reading a message the way a suspicious colleague would: unify its writing, then find names, numbers, words.

Every function keeps an index back to the original text, so that a finding can name the exact sentence.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from guiyan.kernel.surnames import COMPOUND, SINGLE
from guiyan.recall.engine.wordlists import (
    FILLERS,
    NAME_EDGE_LEFT,
    NAME_EDGE_RIGHT,
    NOT_NAMES,
    SAME,
    STOP_WORDS,
)

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=\s|$)")
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class Plain:
    """A text in one writing (NFKC, lower case, no invisible signs) and where each sign came from."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original span of plain[start:end]."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (0, 0)


@lru_cache(maxsize=32)
def plain(text: str) -> Plain:
    """Full-width, compatibility and invisible signs unified, each sign pointing back to its origin."""
    out: list[str] = []
    at: list[int] = []
    for index, sign in enumerate(text):
        for part in _unified(sign):
            out.append(part)
            at.append(index)
    return Plain("".join(out), tuple(at))


@lru_cache(maxsize=20_000)
def _unified(sign: str) -> str:
    if sign in _ZERO_WIDTH or unicodedata.category(sign) == "Cf":
        return ""
    return unicodedata.normalize("NFKC", sign).lower()


def sentences(text: str) -> Iterator[Span]:
    """Spans of the sentences, end mark included, blanks around them left out."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield start, end


def sentence_around(text: str, span: Span) -> Span:
    """The sentence(s) a span lies in; what a refusal quotes and what "delete it" removes."""
    touched = [each for each in sentences(text) if each[0] < span[1] and each[1] > span[0]]
    return (touched[0][0], touched[-1][1]) if touched else span


@dataclass(frozen=True)
class Tokens:
    """Words that carry meaning: one Chinese character or one Latin/number word each, with original spans."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]


def tokens(text: str) -> Tokens:
    """Content words of a text; fillers and punctuation dropped, near-synonyms unified."""
    unified = plain(text)
    body, at = _unify(unified)
    words: list[str] = []
    spans: list[Span] = []
    for match in re.finditer(r"[a-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff]", body):
        word = match.group()
        if word in FILLERS or word in STOP_WORDS:
            continue
        words.append(_stem(word))
        spans.append((at[match.start()][0], at[match.end() - 1][1]))
    return Tokens(tuple(words), tuple(spans))


def signs(text: str) -> frozenset[str]:
    """Every sign of the text in one writing, and of the words its near-synonyms are unified to."""
    body = plain(text).text
    found = set(body)
    squeezed = "".join(sign for sign in body if sign.isalnum())
    for old, new in SAME:
        if old in squeezed:
            found.update(new)
    return frozenset(found)


def _unify(source: Plain) -> tuple[str, list[Span]]:
    """Replace near-synonyms; also closes the blanks and marks people put between Chinese characters."""
    marks = [(index, sign) for index, sign in enumerate(source.text)]
    kept = [(index, sign) for index, sign in marks if not _is_gap(source.text, index)]
    body = "".join(sign for _, sign in kept)
    at: list[Span] = [(source.at[index], source.at[index] + 1) for index, _ in kept]
    for old, new in SAME:
        start = body.find(old)
        while start >= 0:
            whole = (at[start][0], at[start + len(old) - 1][1])
            body = body[:start] + new + body[start + len(old) :]
            at[start : start + len(old)] = [whole] * len(new)
            start = body.find(old, start + len(new))
    return body, at


def _is_gap(text: str, index: int) -> bool:
    """A sign that separates nothing: neither a letter, a digit nor a blank between Latin words."""
    sign = text[index]
    if sign.isalnum():
        return False
    before = text[index - 1] if index else ""
    after = text[index + 1] if index + 1 < len(text) else ""
    return not ((before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and word.isascii() else word


def bigrams(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Neighbouring pairs; a one-word text has none."""
    return frozenset(pairwise(words))


_PHONE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d){8}|0\d{2,3}[- ]?\d{7,8})(?![\d.])")
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+\s?@\s?[a-z0-9-]+(?:\s?\.\s?[a-z0-9-]+)+")
_ID_NUMBER = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dx](?!\d)")


def phones(text: str) -> Iterator[tuple[str, Span]]:
    """Phone numbers as bare digits with their original spans, however they are spaced or shaped."""
    unified = plain(text)
    for match in _PHONE.finditer(unified.text):
        yield re.sub(r"\D", "", match.group(1)), unified.span(*match.span())


def emails(text: str) -> Iterator[tuple[str, Span]]:
    """E-mail addresses in lower case without blanks."""
    unified = plain(text)
    for match in _EMAIL.finditer(unified.text):
        yield re.sub(r"\s", "", match.group()), unified.span(*match.span())


def id_numbers(text: str) -> Iterator[Span]:
    """Spans that look like a Chinese identity number."""
    unified = plain(text)
    for match in _ID_NUMBER.finditer(unified.text):
        yield unified.span(*match.span())


_UNIT = r"(?:k|千|仟|万|萬|w)"
_AMOUNT = re.compile(
    rf"(?:¥|rmb|cny)?\s*(\d+(?:,\d{{3}})*(?:\.\d+)?)\s*({_UNIT})?(?:(?<=[千万萬])([1-9])(?!\d))?\s*(元|块|/月|/年)?"
)
_HAN_AMOUNT = re.compile(r"([一二两三四五六七八九十百]+)\s*([千万])\s*([一二三四五六七八九])?(?!分)")
_PAY_WORD = re.compile(
    r"薪|工资|年包|月包|待遇|底薪|税前|税后|收入|奖金|报酬|package|salary|offer|\bpay\b|\bbase\b|base",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s*(?:多|余|来)?\s*(?:人|名|位|台|件|套|平|家|个|公里|千米|米|吨|条|次|字|亿|产|股|小时|天|年(?![薪收终包])|月(?![薪收包])|日|号|点|%|级|期|楼|层|岁)"
)
_HAN_DIGIT = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALE = {"k": 1000, "千": 1000, "仟": 1000, "万": 10_000, "萬": 10_000, "w": 10_000}


def pay_figures(text: str) -> Iterator[tuple[Decimal, Span]]:
    """Amounts in CNY that a reader would take for pay, as written (a month or a year is not guessed).

    K always counts; 万 and 千 unless they count things (3万台); bare figures from 1,000 only beside 元,
    ¥ or a pay word.
    """
    unified = plain(text)
    found = [*_latin_amounts(unified.text), *_han_amounts(unified.text)]
    for amount, (start, end) in sorted(found, key=lambda each: each[1]):
        yield amount, unified.span(start, end)


def _latin_amounts(body: str) -> Iterator[tuple[Decimal, Span]]:
    ranges = {
        match.start(1): match
        for match in re.finditer(rf"(\d+(?:\.\d+)?)\s*(?:-|–|—|~|～|到|至)\s*\d+(?:\.\d+)?\s*({_UNIT})", body)
    }
    for match in _AMOUNT.finditer(body):
        unit = match.group(2)
        if unit is None and match.start(1) in ranges:
            unit = ranges[match.start(1)].group(2)
        value = Decimal(match.group(1).replace(",", ""))
        amount = value * _SCALE[unit] if unit else value
        if unit and match.group(3):
            amount += int(match.group(3)) * _SCALE[unit] // 10
        money_sign = bool(match.group(4)) or match.group().lstrip().startswith(("¥", "rmb", "cny"))
        if _is_pay(body, match.start(), match.end(), unit, amount, money_sign=money_sign):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield amount, (start, match.end())


def _han_amounts(body: str) -> Iterator[tuple[Decimal, Span]]:
    for match in _HAN_AMOUNT.finditer(body):
        scale = _SCALE[match.group(2)]
        amount = Decimal(_han_number(match.group(1)) * scale)
        if match.group(3):
            amount += _HAN_DIGIT[match.group(3)] * scale // 10
        if _is_pay(body, match.start(), match.end(), match.group(2), amount, money_sign=False):
            yield amount, match.span()


def _han_number(signs: str) -> int:
    total, digit = 0, 0
    for sign in signs:
        if sign in "十百":
            total += max(digit, 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGIT[sign]
    return total + digit


def _is_pay(body: str, start: int, end: int, unit: str | None, amount: Decimal, *, money_sign: bool) -> bool:
    if _COUNTED.match(body, end) and not money_sign:
        return False
    before, after = body[:start], body[end:]
    if (before and before[-1].isascii() and before[-1].isalnum()) or (
        after and after[0].isascii() and after[0].isalpha()
    ):
        return False
    if unit in ("k", "万", "萬", "千", "仟"):
        return True
    if money_sign:
        return amount >= 100
    left = max((before.rfind(mark) for mark in "。！？；\n"), default=-1) + 1
    rights = [after.find(mark) for mark in "。！？；\n" if mark in after]
    clause = body[left : end + (min(rights) if rights else len(after))]
    return (unit == "w" or amount >= 1000) and _PAY_WORD.search(clause) is not None


_HAN_RUN = re.compile(r"[\u3400-\u9fff·]+")


@lru_cache(maxsize=4096)
def possible_names(text: str) -> frozenset[str]:
    """Every stretch that could be a Chinese personal name; the caller asks its records which are people.

    Three and four signs after a surname always count; two only between word edges, never everyday words.
    """
    body = "".join(sign for sign in plain(text).text if not sign.isspace())
    found: set[str] = set()
    for run in _HAN_RUN.finditer(body):
        found |= _names_in(body, run.start(), run.end())
    return frozenset(found)


def _names_in(body: str, start: int, end: int) -> set[str]:
    found: set[str] = set()
    for at in range(start, end - 1):
        if body[at] not in SINGLE and body[at : at + 2] not in COMPOUND:
            continue
        if at + 3 <= end:
            found.add(body[at : at + 3])
        if body[at : at + 2] in COMPOUND and at + 4 <= end:
            found.add(body[at : at + 4])
        two = body[at : at + 2]
        if two not in NOT_NAMES and _edged(body, at, at + 2):
            found.add(two)
    return {name for name in found if name not in NOT_NAMES and name[:2] not in NOT_NAMES}


def _edged(body: str, start: int, end: int) -> bool:
    left = start == 0 or body[start - 1] in NAME_EDGE_LEFT
    right = end == len(body) or body[end] in NAME_EDGE_RIGHT
    return left and right
