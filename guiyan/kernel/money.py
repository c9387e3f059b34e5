"""Money is Decimal CNY with two places. Nothing here touches float."""

from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
WAN = Decimal(10_000)
THOUSAND = Decimal(1_000)


def fen(amount: Decimal | int | str) -> Decimal:
    """`amount` CNY rounded half-up to the fen. Raises decimal.InvalidOperation for text that is no number."""
    if isinstance(amount, str):
        amount = amount.strip().removeprefix("¥").removeprefix("￥").replace(",", "").replace("，", "")
    return Decimal(amount).quantize(FEN, ROUND_HALF_UP)


def format_cny(amount: Decimal | int | None) -> str:
    """¥12,345.00; a minus stands before the sign of the currency; None gives ""."""
    if amount is None:
        return ""
    rounded = fen(amount)
    sign = "-" if rounded < 0 else ""
    return f"{sign}¥{abs(rounded):,.2f}"


def _short(amount: Decimal) -> str:
    """At most one decimal, none when it is zero."""
    text = f"{amount.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
    return text.removesuffix(".0")


def format_wan(amount: Decimal | int | None) -> str:
    """36 万, 1.5 万; below 10,000 the full amount, as people write it."""
    if amount is None:
        return ""
    value = Decimal(amount)
    return format_cny(value) if abs(value) < WAN else f"{_short(value / WAN)} 万"


def format_band(low: Decimal | int | None, high: Decimal | int | None) -> str:
    """Monthly pay band: 30–38K, 30K+, ≤38K, 30K; "" when nothing is known. Amounts in CNY."""
    bottom = _short(Decimal(low) / THOUSAND) if low is not None else None
    top = _short(Decimal(high) / THOUSAND) if high is not None else None
    if bottom is None and top is None:
        return ""
    if top is None:
        return f"{bottom}K+"
    if bottom is None:
        return f"≤{top}K"
    return f"{bottom}K" if bottom == top else f"{bottom}–{top}K"
