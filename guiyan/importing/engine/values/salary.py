"""Pay as people write it, into whole yuan a month before tax. Extra months (13薪) and commissions are not folded in."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_NUMBER = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百半]+(?=[万千]))"
_UNIT = r"(k|w|万|千|元|块)?"
_RANGE = re.compile(rf"{_NUMBER}\s*{_UNIT}(\d)?\s*(?:[-~—–－至到]|以及)+\s*{_NUMBER}\s*{_UNIT}")
_SINGLE = re.compile(rf"{_NUMBER}\s*{_UNIT}(\d)?(半)?")
_OPEN = re.compile(r"面议|面谈|可谈|详谈|再谈|协商|不限|随意|都行|保密|negotiable|open|按公司|听公司|服从")
_YEARLY = re.compile(r"年薪|年包|/\s*年|每年|一年|p\.?a|年收入|总包|年总")
_OTHER_TERM = re.compile(
    r"/\s*(小?时|h|天|日|周|次|件|单)|(时|日|天|周|小时|计件)(薪|工资)|(每|一)(小时|天|周|"
    r"次)|元\s*/?\s*(天|小?时)"
)
_AT_LEAST = re.compile(r"以上|起步?|不低于|至少|底薪|保底|最低|大于|>=?|≥|\+$|往上|不少于|无责")
_AT_MOST = re.compile(r"以内|以下|最高|不超过|不高于|上限|<=?|≤")
_MONTHS = re.compile(r"[·*xX×•,，]?\s*\d{1,2}(\.\d)?\s*(个月|薪|个月薪)")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "半": 0}
_FACTORS = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "元": 1, "块": 1}
_NOTHING = frozenset(
    {"", "-", "--", "/", "无", "未知", "未填", "none", "null", "n/a", "na", "暂无", "空", "?", "？"}
)


@dataclass(frozen=True, slots=True)
class Pay:
    """`raw` is None when the cell says nothing; `problem` is an issue code or ""."""

    low: int | None = None
    high: int | None = None
    raw: str | None = None
    problem: str = ""
    unit_from_header: str | None = None


def parse_pay(raw: str, *, unit: str = "", yearly: bool = False) -> Pay:
    """Read an expected or current pay.

    `unit` ("K", "W", "元" or "") and `yearly` come from the header and hold only where the cell says nothing.
    A yearly sum is divided by 12, rounded half-up. "面议" is a fact without numbers.
    """
    written = raw.strip()
    text = unicodedata.normalize("NFKC", written).lower().replace(",", "").replace("￥", "").replace("¥", "")
    text = text.replace("rmb", "").replace("人民币", "").strip()
    if text in _NOTHING:
        return Pay()
    if _OTHER_TERM.search(text):
        return Pay(raw=written, problem="salary_unparseable")
    is_yearly = bool(_YEARLY.search(text)) or (yearly and not re.search(r"月", text))
    bare = _MONTHS.sub(" ", text)
    low, high, unit_used, found = _numbers(bare, unit)
    if not found:
        return Pay(raw=written) if _OPEN.search(text) else Pay(raw=written, problem="salary_unparseable")
    if low is None or high is None:
        return Pay(raw=written, problem="salary_unit_unknown")
    low_month, high_month = _monthly(low, is_yearly), _monthly(high, is_yearly)
    if low_month > high_month:
        low_month, high_month = high_month, low_month
    if not 500 <= low_month <= 2_000_000 or high_month > 2_000_000:
        return Pay(raw=written, problem="salary_unparseable")
    from_header = unit_used if unit_used else None
    if _AT_LEAST.search(bare):
        return Pay(low_month, None, written, "", from_header)
    if _AT_MOST.search(bare):
        return Pay(None, high_month, written, "", from_header)
    return Pay(low_month, high_month, written, "", from_header)


def find_pay(text: str) -> re.Match[str] | None:
    """The last pay that someone asks for in a sentence: 要16-18K, 期望年薪20万, 开价1.5万."""
    asks = r"(?:要价?|期望(?:薪资|月薪)?|想要|开价|报价|希望拿到?|薪资(?:要求|期望)?)[:：为是]?\s*"
    pay = (
        r"((?:税前|税后|年薪|月薪|底薪|大概|"
        r"约)*\s*\d+(?:\.\d+)?\s*[kKwW万千]?(?:\s*[-~—–至到]\s*\d+(?:\.\d+)?)?"
        r"\s*(?:[kKwW万千元]|/\s*年|/\s*月)*(?:[·*xX×]\s*\d{1,2}薪)?(?:/\s*年|以上|左右|起)?|面议|面谈)"
    )
    matches = list(re.finditer(asks + pay, text))
    return matches[-1] if matches else None


def header_unit(header: str) -> tuple[str, bool]:
    """Unit and yearly-ness written in a header: "要求薪资(K)" → ("K", False); "年薪（万）" → ("W", True)."""
    text = unicodedata.normalize("NFKC", header).lower()
    yearly = "年" in text and "年限" not in text and "近" not in text
    inside = (
        " ".join(re.findall(r"[(\[【]([^)\]】]*)[)\]】]", text)) + " " + text.split("/", 1)[-1]
        if "/" in text
        else (" ".join(re.findall(r"[(\[【]([^)\]】]*)[)\]】]", text)))
    )
    if re.search(r"k|千", inside):
        return "K", yearly
    if re.search(r"w|万", inside):
        return "W", yearly
    if re.search(r"元|rmb|cny|¥", inside):
        return "元", yearly
    return "", yearly


def _numbers(text: str, unit: str) -> tuple[Decimal | None, Decimal | None, str, bool]:
    """Low, high (None: no unit and too small to be yuan), the header unit if it was needed, anything found."""
    if match := _RANGE.search(text):
        first, unit_first, half_first, second, unit_second = match.groups()
        shared = unit_second or unit_first
        low, used = _sum(first, unit_first or shared, half_first, unit)
        high, used_high = _sum(second, unit_second or shared, None, unit)
        return low, high, used or used_high, True
    if match := _SINGLE.search(text):
        number, own, half, and_half = match.groups()
        amount, used = _sum(number, own, "5" if and_half else half, unit)
        return amount, amount, used, True
    return None, None, "", False


def _sum(number: str, own: str | None, tail: str | None, unit: str) -> tuple[Decimal | None, str]:
    amount = _decimal(number)
    if own:
        total = amount * _FACTORS[own]
        if tail and own in ("w", "万", "k", "千"):  # 1万5, 1w5
            total += Decimal(tail) * _FACTORS[own] / 10
        return total, ""
    if amount >= 1_000:
        return amount, ""
    factor = {"K": 1_000, "W": 10_000, "元": 1}.get(unit)
    return (amount * factor, unit) if factor else (None, "")


def _decimal(number: str) -> Decimal:
    if number[0].isdigit():
        return Decimal(number)
    if "十" in number:
        tens, _, ones = number.partition("十")
        return Decimal((_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0))
    return Decimal(_DIGITS.get(number[0], 0))


def _monthly(amount: Decimal, yearly: bool) -> int:
    return int((amount / 12 if yearly else amount).quantize(Decimal(1), ROUND_HALF_UP))


def is_pay_like(text: str) -> bool:
    """Could this cell be pay? Bare small numbers do not count."""
    bare = unicodedata.normalize("NFKC", text).strip().lower()
    if len(bare) > 24:
        return False
    return bare in {"面议", "面谈"} or bool(re.search(r"\d\s*(k|w|万|千)\b|\d[kw万千]|年薪|/年|\d薪", bare))
