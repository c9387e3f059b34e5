"""Pay inside free words: hidden from readers whose grant does not open it."""

import re

HIDDEN = "●●●"
_TALK = re.compile(
    r"薪|工资|待遇|年包|月入|到手|期望|预算|底薪|package|salary|pay\b|base\b|offer", re.IGNORECASE
)
_NUMBER = r"[¥￥]?\d[\d,，.]*(?:\s*[-–~到至]\s*\d[\d,，.]*)?"
_ALWAYS = re.compile(rf"{_NUMBER}\s*[kK](?![A-Za-z])|[¥￥]\s*\d[\d,，.]*(?:\s*[万千])?|\b\d{{2,3}}\s*左右")
_IN_TALK = re.compile(rf"{_NUMBER}\s*(?:万|千|元|块|[kKwW])?")
_CLAUSES = re.compile(r"([，。；、！？\n,;!?]+(?!\d))")


def hide_pay(text: str) -> str:
    """`text` with every amount that may be pay replaced: 期望 30K → 期望 ●●●. Other figures stay.

    Amounts with K or ¥ always count; other numbers of two digits and more count in a clause that talks of pay.
    """
    parts = _CLAUSES.split(text)
    return "".join(part if index % 2 else _clause(part) for index, part in enumerate(parts))


def _clause(clause: str) -> str:
    hidden = _ALWAYS.sub(HIDDEN, clause)
    if not _TALK.search(clause):
        return hidden
    return _IN_TALK.sub(lambda found: HIDDEN if _long(found[0]) else found[0], hidden)


def _long(amount: str) -> bool:
    digits = [sign for sign in amount if sign.isdigit()]
    return len(digits) >= 2 or any(unit in amount for unit in "万千元块kKwW")
