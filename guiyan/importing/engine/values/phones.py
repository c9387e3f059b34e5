"""Phone numbers and e-mail addresses out of a cell, as E.164, or why a number cannot be used."""

import re
import unicodedata
from dataclasses import dataclass

_MOBILE = re.compile(r"(?<![\d+])(?:\+?\(?(?:00)?86\)?[\s\-]{0,2})?(1[3-9]\d(?:[\s\-.]?\d{4}){2})(?!\d)")
_ABROAD = re.compile(r"(?:\+|(?<!\d)00)(?!86)([1-9]\d{0,2}(?:[\s\-().]{0,2}\d){5,13})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s\-)]{1,2}(\d{7,8})(?!\d)")
_MASKED = re.compile(r"\d{0,7}[*＊xX•●]{2,}\d{0,8}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?(\d{1,2})")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")


@dataclass(frozen=True, slots=True)
class Phones:
    """Numbers in the order written, and (code, raw) for every piece that is no usable number."""

    numbers: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    email: str | None = None


def parse_phones(raw: str) -> Phones:
    """Every number in a cell. Nothing is guessed: masked, shortened or rounded numbers are only reported."""
    text = unicodedata.normalize("NFKC", raw).strip(" \t\r\n\u3000'\"`")
    if not text or text.lower() in {
        "无",
        "-",
        "--",
        "/",
        "暂无",
        "none",
        "null",
        "n/a",
        "na",
        "保密",
        "没有",
        "空",
    }:
        return Phones()
    email = _EMAIL.search(text)
    rest = _EMAIL.sub(" ", text)
    if match := _SCIENTIFIC.fullmatch(rest.strip()):
        return _scientific(rest.strip(), int(match.group(1)))
    numbers: list[str] = []

    def take(number: str) -> str:
        if number not in numbers:
            numbers.append(number)
        return " ; "

    rest = _MOBILE.sub(lambda m: take("+86" + re.sub(r"\D", "", m.group(1))), rest)
    rest = _ABROAD.sub(lambda m: take("+" + re.sub(r"\D", "", m.group(1))), rest)
    rest = _LANDLINE.sub(lambda m: take("+86" + m.group(1)[1:] + m.group(2)), rest)
    return Phones(tuple(numbers), tuple(_problems(rest)), email.group(0).lower() if email else None)


def _scientific(text: str, exponent: int) -> Phones:
    """1.35E+10 lost digits; 1.3500529834E10 kept them all."""
    digits = re.sub(r"[eE].*", "", text).replace(".", "")
    if exponent == 10 and len(digits) == 11 and re.fullmatch(r"1[3-9]\d{9}", digits):
        return Phones((f"+86{digits}",))
    return Phones((), (("phone_precision_lost", text),))


def _problems(rest: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for piece in re.split(r"[;、,，/\n|]+", rest):
        bare = piece.strip()
        if _SCIENTIFIC.fullmatch(bare):
            found.append(("phone_precision_lost", bare))
        elif match := _MASKED.search(bare):
            if re.search(r"\d", match.group(0)):
                found.append(("phone_masked", bare))
        elif len(re.sub(r"\D", "", bare)) >= 5:
            found.append(("phone_invalid", bare))
    return found


def parse_email(raw: str) -> tuple[str | None, bool]:
    """(address in lower case, whether something else was written there)."""
    text = unicodedata.normalize("NFKC", raw).strip()
    match = _EMAIL.search(text)
    if match:
        return match.group(0).lower(), False
    return None, bool(re.search(r"[A-Za-z0-9]", text)) and text.lower() not in {
        "none",
        "null",
        "n/a",
        "na",
        "no",
    }


def without_phones(text: str) -> str:
    """A remark without the numbers in it."""
    return _MOBILE.sub("", text).strip(" \t,，;；:：、")


def is_phone_like(text: str) -> bool:
    """Could this cell be a phone, even a spoiled one?"""
    bare = unicodedata.normalize("NFKC", text).strip()
    if _MOBILE.search(bare) or _ABROAD.search(bare) or _LANDLINE.search(bare):
        return len(bare) <= 60
    return bool(
        _SCIENTIFIC.fullmatch(bare) or (re.fullmatch(r"[\d*＊]{8,12}", bare) and not is_compact_date(bare))
    )


def is_compact_date(text: str) -> bool:
    """20240305 is a day, not a number to call."""
    return bool(re.fullmatch(r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])", text))
