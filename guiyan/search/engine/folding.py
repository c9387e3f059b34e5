"""One spelling for matching: lower case, half width, simplified. Keeps the length, so spans stay true."""

import unicodedata
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Traditional sign -> simplified sign, from OpenCC's character table (first choice of each)."""
    table = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {
        ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1 and len(new.split(" ")[0]) == 1
    }


@lru_cache(maxsize=70_000)
def _fold_sign(sign: str) -> str:
    wide = unicodedata.normalize("NFKC", sign)
    kept = wide if len(wide) == 1 else sign
    lower = kept.lower()
    return lower if len(lower) == 1 else kept


def fold(text: str) -> str:
    """Folded text of exactly the same length: ＡＢ -> ab, 張 -> 张, 「 stays."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_sign, text)).translate(_simplified())
