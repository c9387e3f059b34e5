"""Cells that leave the house: a text that a spreadsheet would run is made a text again (security.md IJ1)."""


def harmless(value: object) -> str:
    """The cell with an apostrophe in front when it would start a formula, in any width; unchanged otherwise."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@＝＋－＠\t\r\n" and text else text
