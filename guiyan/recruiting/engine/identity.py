"""Chinese identity numbers: form and check digit (GB 11643-1999)."""

import re

_FORM = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def valid_id_number(number: str) -> bool:
    """True for 18 signs whose birth date looks like one and whose check digit fits."""
    if not _FORM.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[17]


def mask_id_number(number: str | None) -> str:
    """110***********1234."""
    return f"{number[:3]}***********{number[-4:]}" if number and len(number) == 18 else ""
