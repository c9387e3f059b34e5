"""Personal names: where the surname ends, how a name is read, and which other names sound alike."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypinyin import Style, pinyin

from guiyan.kernel.surnames import COMPOUND, READINGS, SINGLE

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DOT = re.compile(r"[·•・‧∙.．]")
_BRACKETED = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_TITLE = re.compile(r"(先生|女士|小姐|同学|老师)$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name and its two parts. Names without a Chinese surname (阿依古丽·买买提) have `surname` ""."""

    full: str
    surname: str
    given: str


def is_han(text: str) -> bool:
    """True when every sign is a Chinese character."""
    return bool(text) and all(_HAN.fullmatch(sign) for sign in text)


def clean_name(raw: str | None) -> str:
    """The bare name: NFKC, no bracketed remarks, no 先生/女士, one middle dot, Han names without spaces."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", raw or "").strip())
    text = re.sub(r"\s+", " ", text).strip(" ,，、;；:：")
    if not _HAN.search(text):
        return text
    text = _DOT.sub("·", text.replace(" ", "")).strip("·")
    return _TITLE.sub("", text) if len(text) > 2 else text


def split_name(name: str) -> PersonName:
    """Split into surname and given name. Two characters that are a compound surname are taken as one."""
    full = clean_name(name)
    if "·" in full:
        return PersonName(full, "", full)
    if not is_han(full):
        return _split_latin(full)
    if full[:2] in COMPOUND and len(full) != 1:
        return PersonName(full, full[:2], full[2:])
    if full[:1] in SINGLE and len(full) <= 4:
        return PersonName(full, full[:1], full[1:])
    if len(full) in (2, 3):
        return PersonName(full, full[:1], full[1:])
    return PersonName(full, "", full)


def _split_latin(full: str) -> PersonName:
    """Latin names are written given name first."""
    given, _, family = full.rpartition(" ")
    return PersonName(full, family, given) if given else PersonName(full, "", full)


@lru_cache(maxsize=200_000)
def _char_tones(text: str) -> tuple[str, ...]:
    """Syllables with tone marks by the phrase dictionary; Latin words come through whole."""
    keep_words: Any = str.split  # pypinyin accepts a list here, its type hints do not say so
    return tuple(item[0] for item in pinyin(text, style=Style.TONE, errors=keep_words))


def surname_readings(surname: str) -> tuple[str, ...]:
    """Readings with tones, the right one first: 单 -> ("shàn", "dān")."""
    if surname in READINGS:
        return READINGS[surname]
    return (" ".join(_char_tones(surname)),) if surname else ()


def without_tones(text: str) -> str:
    """zhāng -> zhang; ü is written v, as people type it."""
    decomposed = unicodedata.normalize("NFD", text.replace("ü", "v").translate(_TONED_U))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).lower()


_TONED_U = str.maketrans("ǖǘǚǜ", "vvvv")


def syllables(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Toned syllables of (surname, given name) by the first reading."""
    parts = split_name(name)
    surname = tuple(surname_readings(parts.surname)[0].split()) if parts.surname else ()
    given = tuple(s for s in _char_tones(parts.given) if s.strip() and s != "·")
    return surname, given


def display_pinyin(name: str) -> str:
    """Zhāng Ruòlán; a Latin name comes back unchanged."""
    if not _HAN.search(name):
        return clean_name(name)
    return " ".join("".join(part).capitalize() for part in syllables(name) if part)


def plain_pinyin(name: str) -> str:
    """zhangruolan, by the first reading."""
    return "".join(without_tones(s) for part in syllables(name) for s in part)


def initials(name: str) -> str:
    """zrl."""
    return "".join(without_tones(s)[:1] for part in syllables(name) for s in part)


def pinyin_variants(name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Plain syllables of (surname, given name), one entry per reading of the surname."""
    parts = split_name(name)
    given = tuple(without_tones(s) for s in syllables(name)[1])
    readings = surname_readings(parts.surname) or ("",)
    return [(tuple(without_tones(reading).split()), given) for reading in readings]


_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_FOLDED_INITIAL = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_AFTER_F = {"a": "ua", "an": "uan", "ei": "ui", "en": "un", "o": "uo", "ou": "ou", "u": "u"}


@lru_cache(maxsize=4096)
def sound_syllable(syllable: str) -> str:
    """One plain syllable folded to what the ear cannot tell apart: zh=z, ch=c, sh=s, n=l, f=h, -ng=-n."""
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    final = syllable[len(initial) :]
    if final.endswith("ng"):
        final = final[:-1]
    if initial == "f":
        return f"h{_AFTER_F.get(final, final)}"
    if initial == "h" and final == "on":  # hong and feng meet here
        final = "un"
    return _FOLDED_INITIAL.get(initial, initial) + final


def sound_key(syllables_: tuple[str, ...]) -> str:
    """Key under which sound-alike names meet: zhang ruo lan -> "zan-ruo-lan"."""
    return "-".join(sound_syllable(s) for s in syllables_)


def sound_keys(name: str) -> list[str]:
    """Keys of the whole name, one per reading of the surname; 方辉 and 樊慧 share one."""
    return list(dict.fromkeys(sound_key(surname + given) for surname, given in pinyin_variants(name)))


def salutation(name: str, gender: str | None = None, language: str = "zh-hans") -> str:
    """张女士 / 张先生 for gender "F" / "M", else the full name; English Ms. Zhang, Mr. Zhang."""
    parts = split_name(name)
    if gender not in ("F", "M") or not parts.surname:
        return parts.full if language.startswith("zh") else display_english(name)
    if language.startswith("zh"):
        return f"{parts.surname}{'女士' if gender == 'F' else '先生'}"
    family = display_english(name).split(" ")[-1]
    return f"{'Ms.' if gender == 'F' else 'Mr.'} {family}"


def display_english(name: str) -> str:
    """Ruolan Zhang: the order and letters of English text."""
    if not _HAN.search(name):
        return clean_name(name)
    surname, given = syllables(name)
    written = [without_tones("".join(part)).capitalize() for part in (given, surname) if part]
    return " ".join(written)


def mask_name(name: str) -> str:
    """张** for a viewer who may know that a person exists, not who it is."""
    parts = split_name(name)
    hidden = "*" * max(len(parts.full) - max(len(parts.surname), 1), 1)
    return f"{parts.surname or parts.full[:1]}{hidden}"
