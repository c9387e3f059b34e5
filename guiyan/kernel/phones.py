"""Phone numbers as people in China write them, brought to E.164 or refused with a reason."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class PhoneProblem(StrEnum):
    """Why a text is not a phone number; the value is an English message id."""

    EMPTY = "There is no number."
    HIDDEN_DIGITS = "Some digits are hidden by asterisks."
    LOST_DIGITS = "A spreadsheet shortened the number (such as 1.38E+10); its last digits are lost."
    NOT_DIGITS = "This holds letters or signs that are no part of a number."
    TOO_SHORT = "The number has too few digits."
    TOO_LONG = "The number has too many digits."
    UNKNOWN_FORM = "This is no mobile, landline or service number."


@dataclass(frozen=True, slots=True)
class ParsedPhone:
    """Either `e164` ("+8613812345678") or `problem`, never both."""

    e164: str | None = None
    problem: PhoneProblem | None = None


_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")
_SERVICE = re.compile(r"[48]00\d{7}")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#)\s*-?\d{1,6}$", re.IGNORECASE)
_LANDLINE_EXTENSION = re.compile(r"^(\(?0\d{2,3}\)?[ -]?\d{7,8})-\d{1,6}$")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"\.0+$")
_DECORATION = re.compile(r"[\s().·\-\u200b-\u200f\u202a-\u202e\u2060\ufeff'`‐-―]+")


def parse_phone(raw: str | None) -> ParsedPhone:
    """Read one phone number. Full-width digits, spaces, dashes, tabs, +86/0086/86, extensions are fine.

    Numbers of other countries need their leading + or 00. An extension is dropped.
    """
    text = unicodedata.normalize("NFKC", raw or "").strip(" \t\r\n'`;,，；、")
    if not text:
        return ParsedPhone(problem=PhoneProblem.EMPTY)
    if "*" in text or "＊" in text:
        return ParsedPhone(problem=PhoneProblem.HIDDEN_DIGITS)
    if _SCIENTIFIC.fullmatch(text):
        return ParsedPhone(problem=PhoneProblem.LOST_DIGITS)
    text = _EXTENSION.sub("", _FLOAT_TAIL.sub("", text))
    text = _LANDLINE_EXTENSION.sub(r"\1", text)
    digits = _DECORATION.sub("", text)
    foreign = digits.startswith(("+", "00"))
    digits = digits.removeprefix("+") if digits.startswith("+") else digits.removeprefix("00")
    if not (digits.isascii() and digits.isdigit()):
        return ParsedPhone(problem=PhoneProblem.NOT_DIGITS)
    return _of_digits(digits, foreign=foreign)


def _of_digits(digits: str, *, foreign: bool) -> ParsedPhone:
    """Decide by the digits alone; `foreign` = the text began with + or 00."""
    if foreign and not digits.startswith("86"):
        fits = 7 <= len(digits) <= 15 and not digits.startswith("0")
        return ParsedPhone(e164=f"+{digits}") if fits else _wrong_length(digits)
    national = digits[2:] if digits.startswith("86") and (foreign or len(digits) >= 12) else digits
    if _MOBILE.fullmatch(national) or _SERVICE.fullmatch(national):
        return ParsedPhone(e164=f"+86{national}")
    landline = national if national.startswith("0") else f"0{national}"
    may_lack_zero = foreign or national.startswith("0")  # "+86 512 6543 2100" is written without its 0
    if may_lack_zero and _LANDLINE.fullmatch(landline):
        return ParsedPhone(e164=f"+86{landline[1:]}")
    return _wrong_length(national)


def _wrong_length(digits: str) -> ParsedPhone:
    if len(digits) < 10:
        return ParsedPhone(problem=PhoneProblem.TOO_SHORT)
    if len(digits) > 12:
        return ParsedPhone(problem=PhoneProblem.TOO_LONG)
    if digits.startswith("1") and len(digits) != 11:
        return ParsedPhone(problem=PhoneProblem.TOO_SHORT if len(digits) < 11 else PhoneProblem.TOO_LONG)
    return ParsedPhone(problem=PhoneProblem.UNKNOWN_FORM)


def normalise_phone(raw: str | None) -> str | None:
    """E.164 or None. Use `parse_phone` where the reason is needed."""
    return parse_phone(raw).e164


def national_phone(e164: str) -> str:
    """The number as dialled inside China: "13812345678", "0512-65432100"; other countries keep their +."""
    if not e164.startswith("+86"):
        return e164
    digits = e164[3:]
    if _MOBILE.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return digits
    area = 2 if digits.startswith(("10", "2")) else 3
    return f"0{digits[:area]}-{digits[area:]}"


def mask_phone(e164: str | None) -> str:
    """138****5678 for mobiles; others keep the last four digits, and the first two when there are ten."""
    if not e164:
        return ""
    digits = e164.removeprefix("+86").removeprefix("+")
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    front = digits[:2] if len(digits) >= 10 else ""
    return f"{front}{'*' * (len(digits) - len(front) - 4)}{digits[-4:]}"


def phone_tail(e164: str, length: int = 4) -> str:
    """The last `length` digits."""
    return e164[-length:]
