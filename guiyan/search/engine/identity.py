"""Rules that hear who it is: interview numbers, phones, names in every half-remembered form."""

import re
from functools import lru_cache

import rjieba

from guiyan.kernel.names import display_pinyin, pinyin_variants, plain_pinyin, sound_key, split_name
from guiyan.kernel.surnames import COMPOUND, SINGLE
from guiyan.search.engine.canvas import TAKEN, Canvas
from guiyan.search.engine.parts import Facet

_SURNAME = "(?:" + "|".join(sorted(COMPOUND)) + "|[" + "".join(sorted(SINGLE)) + "])"
_HAN = r"[\u3400-\u9fff]"

NUMBER = re.compile(
    r"(?:面试)?(?:编号|号码)?(?:是|为|:|：)?\s*(?:"
    r"[a-z]{1,4}[-_\s]*(?P<y1>(?:19|20)\d\d)[-_\s]*(?P<n1>\d{1,6})|"
    r"(?<!\d)(?P<y2>(?:19|20)\d\d|\d\d)[年-]\s*(?:第)?(?P<n2>\d{3,6})号?|"
    r"第?(?P<n3>\d{3,6})号)(?!\d|楼|线)(?:那份)?(?:面试)?(?:记录)?"
)
NUMBER_WORD = re.compile(r"(?:面试)?编号(?:是|为|:|：)?\s*(?P<n>\d{1,6})(?!\d)")

PHONE_WHOLE = re.compile(r"(?<!\d)(?:\+?86[\s-]*)?(1[3-9]\d)[\s-]*(\d{4})[\s-]*(\d{4})(?!\d)")
PHONE_BOTH_ENDS = re.compile(r"(1[3-9]\d)(?:开头|打头)[的，, ]*(?:尾号)?(?:是)?(\d{4})(?:结尾|收尾)?")
PHONE_TAIL = re.compile(
    r"(?:(?:手机|电话|号码|手机号)?(?:的)?(?:最后|后|末)[四六46]位(?:数)?|(?:手机|电话)?尾(?:号|数)|phone ending)"
    r"(?:是|为|:|：|in)?\s*(\d{6}|\d{4})(?!\d)(?:的)?"
)
PHONE_ENDING = re.compile(r"(?<!\d)(\d{6}|\d{4})(?:结尾|尾号)(?:的)?")
PHONE_LEAD = re.compile(r"(?:手机号?|电话|号码|来电显示)(?:是|为|:|：)?\s*$")

SURNAME_CHOICE = re.compile(rf"姓({_SURNAME})(?:还是|或者?|或是|/|、)(?:是)?姓?({_SURNAME})(?:的|吧|来着)?")
SURNAME_PATTERN = re.compile(rf"姓({_SURNAME})(?:什么)?(?:的|吧|来着)?")
FORGOTTEN_SURNAME = re.compile(
    r"姓(?:啥|什么)(?:来着)?(?:的)?(?:我)?(?:忘(?:记)?(?:了)?|不记得(?:了)?|想不起来)?"
)
FORGOTTEN_NAME = re.compile(
    rf"({_SURNAME})(?:什么(?:什么)?|啥)(?!时候)(?P<last>{_HAN})?(?:来着|的|$|(?=[，, ]))"
)
CALLED = re.compile(
    rf"(?:(?:名字|名)(?:好像)?(?:是|叫)|(?<!打)叫(?:做)?)({_HAN}{{2,4}}?)(?:的|吧|来着|$|(?=[^\u3400-\u9fff]))"
)
NICK = re.compile(
    rf"(?:那个|叫)?(?<!{_HAN})({_SURNAME})(?:哥|姐|工|女士|先生|小姐|同学|师傅|老师|某(?:某)?)(?={TAKEN}|$|[^\u3400-\u9fff]|的|那)"
    rf"|(?:那个)(?P<s2>{_SURNAME})(?:哥|姐|工|女士|先生|小姐|同学|师傅|老师)"
    rf"|(?<!{_HAN})(?:小|老)(?P<s3>{_SURNAME})(?=$|[^\u3400-\u9fff]|的)"
)
DOTTED_NAME = re.compile(rf"{_HAN}{{1,8}}[·•]{_HAN}{{1,8}}")
GIVEN_ONLY = re.compile(
    r"(?:名字|名)(?:里|中)?(?:有|带)(?:个|一个)?[「“\"']?(" + _HAN + r")[」”\"']?(?:字)?(?:的)?"
)


def take_numbers(canvas: Canvas) -> None:
    """MS-2026-000123, ms20221042, 24年0349号, 编号 123."""
    for match in canvas.find(NUMBER):
        year, serial = match["y1"] or match["y2"] or "", match["n1"] or match["n2"] or match["n3"]
        written = year if len(year) != 2 else f"20{year}"
        value = f"{written}-{int(serial)}" if written else f"n{int(serial)}"
        canvas.take(match.start(), match.end(), Facet.NUMBER, value, _bare(match[0]).upper())
    for match in canvas.find(NUMBER_WORD):
        canvas.take(match.start(), match.end(), Facet.NUMBER, f"n{int(match['n'])}", match["n"])


def _bare(text: str) -> str:
    return re.sub(
        r"^(?:面试)?(?:编号|号码)?(?:是|为|:|：)?\s*|(?:那份)?(?:面试)?(?:记录)?$", "", text
    ).strip()


def take_phones(canvas: Canvas) -> None:
    """Whole numbers, tails, both ends. Values are the analyser's phone forms."""
    for match in canvas.find(PHONE_WHOLE):
        national = match[1] + match[2] + match[3]
        start = match.start()
        if lead := PHONE_LEAD.search(canvas.open[:start]):
            start = lead.start()
        canvas.take(start, match.end(), Facet.PHONE, f"=:{national}", f"{match[1]}****{match[3]}")
    for match in canvas.find(PHONE_BOTH_ENDS):
        canvas.take(
            match.start(), match.end(), Facet.PHONE, f"34:{match[1]}{match[2]}", f"{match[1]}…{match[2]}"
        )
    for pattern in (PHONE_TAIL, PHONE_ENDING):
        for match in canvas.find(pattern):
            tail = match[1]
            canvas.take(match.start(), match.end(), Facet.PHONE, f"{len(tail)}:{tail}", f"…{tail}")


def take_surnames(canvas: Canvas) -> None:
    """姓章还是张 (any of them, by sound), 姓张的, 张什么岚, 那个叶哥."""
    for match in canvas.find(SURNAME_CHOICE):
        first, second = match[1], match[2]
        canvas.take(match.start(), match.end(), Facet.SURNAME, f"{first}|{second}", _sounds(first, second))
    for match in canvas.find(FORGOTTEN_SURNAME):
        canvas.blank(match.start(), match.end())
    for match in canvas.find(SURNAME_PATTERN):
        canvas.take(match.start(), match.end(), Facet.SURNAME, match[1], match[1])
    for match in canvas.find(FORGOTTEN_NAME):
        if match.start() and re.match(_HAN, canvas.open[match.start() - 1]):
            continue
        canvas.take(match.start(), match.end(), Facet.SURNAME, match[1], match[1])
        if match["last"] and match["last"] not in "的来":
            canvas.take(match.start("last"), match.end("last"), Facet.GIVEN, match["last"], match["last"])
    for match in canvas.find(NICK):
        surname = match[1] or match["s2"] or match["s3"]
        canvas.take(match.start(), match.end(), Facet.SURNAME, surname, surname)


def _sounds(first: str, second: str) -> str:
    """zhāng when both sound alike, else both characters."""
    spoken = [display_pinyin(name).lower() for name in (first, second)]
    return spoken[0] if spoken[0] == spoken[1] else f"{first} / {second}"


def take_called(canvas: Canvas) -> None:
    """名字叫黛可的, 叫迟浩晖的, 名字里有个岚字, 阿依古丽·买买提."""
    for match in canvas.find(GIVEN_ONLY):
        canvas.take(match.start(), match.end(), Facet.GIVEN, match[1], match[1])
    for match in canvas.find(CALLED):
        if re.match("啥|什么|不上来", match[1]):
            canvas.blank(match.start(), match.end())
            continue
        facet = Facet.NAME if _starts_like_name(match[1]) else Facet.GIVEN
        canvas.take(match.start(), match.end(), facet, match[1], match[1])
    for match in canvas.find(DOTTED_NAME):
        canvas.take(match.start(), match.end(), Facet.NAME, match[0].replace("•", "·"))


def _starts_like_name(text: str) -> bool:
    """Begins with a surname and leaves a given name of ordinary length."""
    parts = split_name(text)
    if parts.surname in COMPOUND or _sounds_compound(text):
        return 1 <= len(text) - 2 <= 2
    return (len(text) == 3 and parts.surname in SINGLE) or (len(text) == 2 and is_name(text))


@lru_cache(maxsize=1)
def _compound_sounds() -> frozenset[str]:
    return frozenset(sound_key(surname) for name in COMPOUND for surname, _ in pinyin_variants(name))


def _sounds_compound(run: str) -> bool:
    """施涂悦红: four characters that begin like 司徒 are a misheard compound surname."""
    return len(run) == 4 and sound_key(tuple(plain_pinyin(sign) for sign in run[:2])) in _compound_sounds()


# Surnames that are everyday verbs and particles: a run that begins with one is a name only when the dictionary says so.
_EVERYDAY = frozenset(
    "管干有边能任应从都向和时于别过相来行关单通满全养空习易充敢要便成常平安高白黄文经计花水包冷热"
)


def is_surname(run: str) -> bool:
    """A run that is nothing but a surname: 李, 欧阳."""
    return run in COMPOUND or (run in SINGLE and run not in _EVERYDAY)


def is_name(run: str) -> bool:
    """Does an isolated run of 2 to 4 characters look like a person's name and not like a word?"""
    parts = split_name(run)
    if not 2 <= len(run) <= 4 or len(run) - len(parts.surname) > 2 or not parts.given:
        return _sounds_compound(run)
    if parts.surname in COMPOUND:
        return True
    if parts.surname not in SINGLE:
        return False
    tagged = rjieba.tag(run)
    if len(tagged) == 1:
        named = tagged[0][1].startswith("nr")
        return named if parts.surname in _EVERYDAY else named or not rjieba.has_word(run)
    if parts.surname in _EVERYDAY:
        return len(run) == 3 and all(len(word) == 1 or not rjieba.has_word(word) for word, _ in tagged)
    if tagged[0][0] == parts.surname:
        return all(len(word) <= 2 for word, _ in tagged[1:])
    return all(len(word) == 1 or not rjieba.has_word(word) for word, _ in tagged)
