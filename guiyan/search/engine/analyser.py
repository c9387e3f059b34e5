"""One token stream for documents and queries.

Plain tokens are words of three or more characters, CJK bigrams (two-character words are bigrams) and Latin
words. Facets are prefixed keys: n: whole name, s: surname, g: given name, c: one character of the given name,
y: pinyin forms, h: sound-alike whole name, hs: sound of the surname, hg: sound of the given name,
i: interview number, p: keyed hash of a phone form, rr: reason, iv: interviewer, tg: tag, ci: city,
co: company, po: position, pw: words of positions and titles, de: department, yr: ym: d: interview dates.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import rjieba

from guiyan.kernel.names import is_han, pinyin_variants, sound_key, split_name
from guiyan.search.engine.folding import fold

LONGEST_TOKEN = 60  # signs; PostgreSQL refuses lexemes over 2 KB, and nobody searches for longer words
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9](?:[a-z0-9+#.&/_-]*[a-z0-9+#])?")
_LATIN_PIECE = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFacts:
    """What one dossier brings to the index. Pay never; phones only as keyed hashes made by the caller."""

    name: str
    other_names: tuple[str, ...] = ()
    phone_hashes: tuple[str, ...] = ()
    interview_numbers: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    interview_days: tuple[date, ...] = ()
    texts: tuple[str, ...] = ()


def bigrams(run: str) -> list[str]:
    """Neighbouring pairs of one run of Han signs; a lone sign stands for itself."""
    return [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]


def text_tokens(text: str) -> set[str]:
    """All plain tokens of free text."""
    folded = fold(text)
    tokens: set[str] = set()
    for run in _HAN_RUN.findall(folded):
        tokens.update(bigrams(run))
    tokens.update(
        word for word in rjieba.cut_for_search(folded) if len(word) > 2 and _HAN_RUN.fullmatch(word)
    )
    for word in _LATIN.findall(folded):
        tokens.add(word[:LONGEST_TOKEN])
        pieces = _LATIN_PIECE.findall(word)
        if len(pieces) > 1:
            tokens.update(piece[:LONGEST_TOKEN] for piece in pieces if len(piece) > 1)
    return tokens


def phrase_tokens(phrase: str) -> list[str]:
    """Tokens that a dossier must all hold to contain `phrase` (nearly: bigrams may lie apart)."""
    folded = fold(phrase)
    tokens = [pair for run in _HAN_RUN.findall(folded) for pair in bigrams(run)]
    tokens += [word[:LONGEST_TOKEN] for word in _LATIN.findall(folded)]
    return list(dict.fromkeys(tokens))


def key(prefix: str, value: str) -> str:
    """A facet token: folded, without spaces."""
    bare = "".join(fold(value).split())
    return f"{prefix}:{bare[:LONGEST_TOKEN]}"


def name_tokens(name: str) -> set[str]:
    """Whole name, surname, given name and its characters, pinyin forms and sound keys."""
    parts = split_name(name)
    folded = fold(parts.full)
    if not is_han(parts.full.replace("·", "")):
        return {key("n", parts.full), *(key("y", word) for word in _LATIN_PIECE.findall(folded))}
    tokens = {key("n", parts.full)}
    if parts.surname:
        tokens.add(key("s", parts.surname))
    if parts.given:
        tokens.add(key("g", parts.given))
        tokens.update(key("c", sign) for sign in parts.given if sign != "·")
    for surname, given in pinyin_variants(parts.full):
        tokens.update(key("y", form) for form in pinyin_forms(surname, given))
        tokens.add(f"h:{sound_key(surname + given)}")
        if surname:
            tokens.add(f"hs:{sound_key(surname)}")
        if given:
            tokens.add(f"hg:{sound_key(given)}")
    return tokens


def pinyin_forms(surname: tuple[str, ...], given: tuple[str, ...]) -> set[str]:
    """What people type for a name: zhangruolan, zrl, zhangrl, zhangr, zruolan, ruolan, zhang."""
    family, own = "".join(surname), "".join(given)
    family_initials = "".join(s[:1] for s in surname)
    own_initials = "".join(s[:1] for s in given)
    forms = {family + own, family_initials + own_initials, family + own_initials, family, own}
    forms |= {family + own_initials[:1], family_initials + own}
    return {form for form in forms if len(form) > 1}


def interview_number_forms(number: str) -> set[str]:
    """MS-2026-000123 is found by itself, by year and number, and by the number alone."""
    folded = fold(number)
    forms = {key("i", "".join(_LATIN_PIECE.findall(folded)))}
    digits = re.findall(r"\d+", folded)
    if len(digits) >= 2 and re.fullmatch(r"(?:19|20)\d\d", digits[-2]):
        serial = digits[-1].lstrip("0") or "0"
        forms |= {f"i:{digits[-2]}-{serial}", f"i:n{serial}"}
    elif digits:
        forms.add(f"i:n{digits[-1].lstrip('0') or '0'}")
    return forms


def phone_forms(e164: str) -> list[str]:
    """Plain forms of a phone that the caller turns into keyed hashes: whole, last 6, last 4, first 3 + last 4."""
    national = e164.removeprefix("+86").removeprefix("+")
    return [f"=:{national}", f"6:{national[-6:]}", f"4:{national[-4:]}", f"34:{national[:3]}{national[-4:]}"]


def day_tokens(days: Iterable[date]) -> Iterator[str]:
    """Year, month and day keys of interviews."""
    for day in days:
        yield f"yr:{day:%Y}"
        yield f"ym:{day:%Y%m}"
        yield f"d:{day:%Y%m%d}"


def company_core(company: str) -> str:
    """恒裕电子（苏州）股份有限公司 -> 恒裕电子: without brackets and legal form."""
    bare = re.sub(r"[（(][^）)]*[）)]", "", company).strip()
    core = re.sub(r"(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$|集团$|分公司$", "", bare)
    return core or bare


def dossier_tokens(facts: DossierFacts) -> list[str]:
    """Every token of a dossier, sorted and without doubles."""
    tokens: set[str] = set()
    for name in (facts.name, *facts.other_names):
        tokens |= name_tokens(name)
    for number in facts.interview_numbers:
        tokens |= interview_number_forms(number)
    tokens.update(f"p:{hashed}" for hashed in facts.phone_hashes)
    tokens.update(f"rr:{reason.lower()}" for reason in facts.reasons)
    facets = (("iv", facts.interviewers), ("tg", facts.tags), ("ci", facts.cities), ("po", facts.positions))
    for prefix, values in (*facets, ("de", facts.departments)):
        tokens.update(key(prefix, value) for value in values if value)
    tokens.update(key("co", company_core(company)) for company in facts.companies if company)
    tokens.update(day_tokens(facts.interview_days))
    tokens.update(f"pw:{token}" for token in text_tokens("\n".join((*facts.positions, *facts.titles))))
    words = (*facts.titles, *facts.positions, *facts.companies, *facts.cities, *facts.tags, *facts.texts)
    tokens |= text_tokens("\n".join(words))
    return sorted(token for token in tokens if not token.endswith(":"))
