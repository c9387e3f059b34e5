"""Understood parts to conditions on index tokens, written as PostgreSQL tsquery text."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, islice

from guiyan.kernel.names import is_han, pinyin_variants, sound_key, sound_keys
from guiyan.kernel.periods import Period
from guiyan.search.engine.analyser import company_core, key, phrase_tokens
from guiyan.search.engine.folding import fold
from guiyan.search.engine.parts import IDENTITY, Facet, Part
from guiyan.search.engine.times import period_tokens

MOST_COMBINATIONS = 200
HashPhone = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Condition:
    """One part as a tsquery. `exact`, where it exists, is the stricter form that ranks first.

    `must` conditions say who it is: a dossier that fails one is no answer.
    """

    part: Part
    query: str
    exact: str = ""
    must: bool = False


def quoted(token: str, *, prefix: bool = False) -> str:
    """A token as a tsquery operand."""
    text = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'{':*' if prefix else ''}"


def any_of(queries: Iterable[str]) -> str:
    """One of them; empty ones are dropped."""
    kept = [query for query in dict.fromkeys(queries) if query]
    return kept[0] if len(kept) == 1 else f"({' | '.join(kept)})" if kept else ""


def all_of(queries: Iterable[str]) -> str:
    """Each of them; empty ones are dropped."""
    kept = [query for query in dict.fromkeys(queries) if query]
    return kept[0] if len(kept) == 1 else f"({' & '.join(kept)})" if kept else ""


def phrase(text: str, prefix: str = "") -> str:
    """All tokens of a phrase; `prefix` "pw:" looks only into titles."""
    return all_of(quoted(prefix + token) for token in phrase_tokens(text))


def conditions(parts: Iterable[Part], *, hash_phone: HashPhone | None) -> list[Condition]:
    """The parts that can be asked. Without `hash_phone` (no right to contact data) phone parts are left out."""
    made = []
    for part in parts:
        if part.facet is Facet.PHONE and hash_phone is None:
            continue
        query = _MAKERS[part.facet](part) if part.facet is not Facet.PHONE else _phone(part, hash_phone)
        if query:
            made.append(Condition(part, query, _exact(part), must=part.facet in IDENTITY))
    return made


def _exact(part: Part) -> str:
    if part.facet is Facet.NAME:
        return quoted(key("n", part.value))
    if part.facet is Facet.GIVEN:
        return quoted(key("g", part.value))
    if part.facet is Facet.NUMBER and not part.value.startswith("n"):
        return quoted(f"i:{part.value}")
    if part.facet is Facet.PINYIN:
        return quoted(key("y", part.value))
    return ""


def _name(part: Part) -> str:
    """The name, a longer one that begins so, sound-alikes, or someone's interviewer of that name."""
    whole = key("n", part.value)
    sounds = [quoted(f"h:{sound}") for sound in sound_keys(part.value)]
    return any_of([quoted(whole, prefix=True), *sounds, quoted(key("iv", part.value))])


def _given(part: Part) -> str:
    sign_by_sign = all_of(quoted(key("c", sign)) for sign in part.value)
    if len(part.value) == 1:
        return sign_by_sign
    _, own = pinyin_variants(f"丁{part.value}")[0]
    return any_of([quoted(key("g", part.value)), quoted(f"hg:{sound_key(own)}"), sign_by_sign])


def _pinyin(part: Part) -> str:
    typed = key("y", part.value)
    word = fold(part.value).replace(" ", "")
    return any_of([quoted(typed), quoted(typed, prefix=True) if len(word) > 3 else "", quoted(word)])


def _time(part: Part) -> str:
    start, before = part.value.split("/")
    period = Period(date.fromisoformat(start), date.fromisoformat(before))
    return any_of(map(quoted, period_tokens(period)))


def _position(part: Part) -> str:
    """The whole position, its words anywhere, and titles of the same line of work."""
    said, *titles = part.alternatives
    direct = (
        [quoted(key("po", said)), phrase(said, "pw:"), phrase(said)] if not titles else [phrase(said, "pw:")]
    )
    return any_of([*direct, quoted(key("tg", said)), *(phrase(title, "pw:") for title in titles)])


def _facet_or_words(prefix: str) -> Callable[[Part], str]:
    return lambda part: any_of([quoted(key(prefix, part.value)), phrase(part.value)])


def _company(part: Part) -> str:
    return any_of([quoted(key("co", company_core(part.value))), phrase(part.value)])


def _word(part: Part) -> str:
    """The word anywhere, as a tag, as a whole name (names may look like words) or as a Latin beginning."""
    folded = fold(part.value)
    ways = [phrase(folded), quoted(key("tg", folded))]
    if is_han(folded) and len(folded) <= 4:
        ways.append(quoted(key("n", folded)))
    if folded.isascii():
        ways += [quoted(folded, prefix=True) if len(folded) > 2 else "", quoted(key("y", folded))]
    return any_of(ways)


def _keys(prefix: str) -> Callable[[Part], str]:
    return lambda part: any_of(quoted(key(prefix, value)) for value in part.alternatives)


def _phone(part: Part, hash_phone: HashPhone | None) -> str:
    return quoted(f"p:{hash_phone(part.value)}") if hash_phone else ""


_MAKERS: dict[Facet, Callable[[Part], str]] = {
    Facet.NAME: _name,
    Facet.SURNAME: _keys("s"),
    Facet.GIVEN: _given,
    Facet.PINYIN: _pinyin,
    Facet.NUMBER: lambda part: quoted(f"i:{part.value}"),
    Facet.INTERVIEWER: _keys("iv"),
    Facet.TIME: _time,
    Facet.REASON: _keys("rr"),
    Facet.POSITION: _position,
    Facet.CITY: _facet_or_words("ci"),
    Facet.COMPANY: _company,
    Facet.TAG: _facet_or_words("tg"),
    Facet.DEPARTMENT: _facet_or_words("de"),
    Facet.WORD: _word,
    Facet.UNUSED: lambda part: "",
}


def at_least(asked: Sequence[Condition], wanted: int) -> str:
    """A tsquery true where every `must` and at least `wanted` conditions in all hold."""
    must = [condition.query for condition in asked if condition.must]
    may = [condition.query for condition in asked if not condition.must]
    open_count = min(max(wanted - len(must), 0), len(may))
    if open_count == len(may):
        return all_of([*must, *may])
    if open_count == 0:
        return all_of(must) if must else any_of(may)
    choices = islice(combinations(may, open_count), MOST_COMBINATIONS)
    return all_of([*must, any_of(all_of(choice) for choice in choices)])
