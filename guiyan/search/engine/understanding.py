"""Free words to typed parts. Rules run from the most certain to the least; each takes its span away."""

import re
from collections.abc import Iterable
from datetime import date

import rjieba

from guiyan.kernel.periods import Period
from guiyan.search.engine import identity, people, reasons, times, trades
from guiyan.search.engine.canvas import Canvas
from guiyan.search.engine.folding import fold
from guiyan.search.engine.lexicon import Lexicon, Phrases
from guiyan.search.engine.parts import Facet, Part, Understanding
from guiyan.search.engine.pinyin import is_pinyin, is_whole_pinyin

LONGEST_QUERY = 200  # signs; what is typed beyond is not read
MOST_WORDS = 8  # free words kept as parts; more only make every dossier fit a little

_GENDER = re.compile(
    r"(?:那个|一个|是个|个)?(?:女的|男的|女生|男生|女孩子?|男孩子?|小姑娘|姑娘|小伙子?|大姐|女士|先生|帅哥|美女)"
)
_FRAMING = re.compile(
    r"是不是有个|有没有(?:人)?|有个(?:叫)?|有一个|谁的号码是|面过的人里|谁(?:是|当过)?|帮我(?:找)?(?:一下)?|把(?=.*(?:调|找)出来)|"
    r"(?:的)?(?:资料|简历|档案)(?:调出来|找出来|在吗|给我|发我)?|调出来|找出来|找一下|找(?:个|到)?|查一下|搜一下|"
    r"现在(?:是)?什么情况|现在怎么样(?:了)?|当时(?:面得)?(?:怎么样|如何)|面得怎么样|"
    r"叫啥(?:来着)?(?:忘了)?|叫什么(?:名字)?(?:来着)?(?:忘了)?|忘了|不记得(?:了)?|想不起来|"
    r"好像(?:是)?|可能(?:是)?|应该是|印象(?:中|里)|记得(?:是)?|我们|咱们|公司(?:的)?|来(?:面试)?(?:过)?的(?:那个)?|"
    r"面试(?:过)?(?:的)?|应聘|候选人|那个人|这个人|那(?:个|位|份)|这个|有(?:个|位)|还是|以前在|之前在|原来在|曾在|从(?=.*出来)|"
    r"出来的|干过的?|待过的?|上班的?|工作过的?|当时|后来|以前|之前|曾经|又是|的人|什么来着|没要|没录(?:取|用)?|"
    r"please|find|show me|who (?:is|was)|the one|candidate|resume|"
    r"(?<![a-z])(?:the|a|an|of|in|from|at|who|with|and|for)(?![a-z])"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LATIN_RUN = re.compile(r"[a-z]+(?: [a-z]+)*|[a-z0-9][a-z0-9+#.&/_-]*")
_EDGES = re.compile(
    r"^[的了是在个位还又和跟与及很太也都就会有做搞管干把被让给对]+|[的了吗呢吧啊呀过着个位人]+$"
)
_SMALL_WORDS = (
    "的 了 是 在 和 跟 与 及 很 太 也 都 就 会 有 做 搞 管 干 把 被 让 给 对 个 位 一个 那个 这个 什么 怎么 自己 特别 非常 "
    "比较 有点 一直 厉害 出来 起来 过来 时候 东西 方面 事情 知道 觉得 感觉 可以 能够 就是 还有 而且 但是 因为 所以 这样 那样 "
    "的话 一下 一些 一份 半个 好几个 好几条 那种 这种 挺 蛮 好 人 里 中 上 下 说 来 去 到 过 着 不 没 没有 还 又 再 才 能 要 "
    "想 用 他 她 它 我 你 们 大家 其他 人里"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def understand(text: str, *, today: date, lexicon: Lexicon, asker: str = "") -> Understanding:
    """Typed parts of free words, in reading order.

    `today` is the asking day in the company's zone, `asker` the asking person's name for 我面过的.
    Text beyond 200 signs is not read.
    """
    canvas = Canvas(text[:LONGEST_QUERY])
    unused = Canvas(canvas.text)
    identity.take_numbers(canvas)
    identity.take_phones(canvas)
    people.take_interviewers(canvas, lexicon, asker)
    _take_times(canvas, today, lexicon)
    identity.take_surnames(canvas)
    identity.take_called(canvas)
    _take_reasons(canvas)
    _take_unused(canvas, unused)
    _take_known(canvas, lexicon)
    _take_trades(canvas)
    _take_names(canvas)
    _blank_framing(canvas)
    _take_names(canvas)
    _take_latin(canvas)
    _take_words(canvas)
    parts = sorted(canvas.parts, key=lambda part: part.start)
    return Understanding(text, tuple(parts), tuple(unused.parts))


def _take_times(canvas: Canvas, today: date, lexicon: Lexicon) -> None:
    epochs = {**times.DEFAULT_EPOCHS, **lexicon.epochs}
    named = re.compile(f"({'|'.join(map(re.escape, epochs))})(?:期间|那会儿?|那几年|的时候|时期)?")
    for match in canvas.find(named):
        _take_period(canvas, match, epochs[match[1]])
    for match in canvas.find(times.PATTERN):
        if period := times.period_of(match, today):
            _take_period(canvas, match, period)


def _take_period(canvas: Canvas, match: re.Match[str], period: Period) -> None:
    value = f"{period.start.isoformat()}/{period.before.isoformat()}"
    canvas.take(match.start(), match.end(), Facet.TIME, value, times.shown_period(period))


def _take_reasons(canvas: Canvas) -> None:
    for pattern in (reasons.OFFICIAL, reasons.PATTERN):
        for match in canvas.find(pattern):
            code = next(name for name, words in match.groupdict().items() if words)
            canvas.take(match.start(), match.end(), Facet.REASON, code, reasons.WORDS_SHOWN[code])


def _take_unused(canvas: Canvas, unused: Canvas) -> None:
    for match in canvas.find(_GENDER):
        said = re.sub(r"^(?:那个|一个|是个|个)", "", match[0])
        canvas.blank(match.start(), match.end())
        unused.take(match.start(), match.end(), Facet.UNUSED, said, said)


def _take_known(canvas: Canvas, lexicon: Lexicon) -> None:
    """The company's own words, longest first within each kind."""
    kinds: tuple[tuple[Facet, Phrases], ...] = (
        (Facet.COMPANY, lexicon.company_phrases),
        (Facet.POSITION, lexicon.position_phrases),
        (Facet.DEPARTMENT, lexicon.department_phrases),
        (Facet.TAG, lexicon.tag_phrases),
        (Facet.CITY, lexicon.city_phrases),
    )
    for facet, phrases in kinds:
        for start, end, phrase in list(phrases.spans(canvas.open)):
            if facet is Facet.TAG and trades.PATTERN.fullmatch(fold(phrase)):
                continue  # a line of work that is also a tag says more as a line of work
            canvas.take(start, end, facet, fold(phrase), phrase)


def _take_trades(canvas: Canvas) -> None:
    for match in canvas.find(trades.PATTERN):
        said = next(words for words in match.groups() if words)
        canvas.take(
            match.start(), match.end(), Facet.POSITION, "|".join((said, *trades.titles_of(match))), said
        )


def _take_names(canvas: Canvas) -> None:
    """Isolated runs that are a surname or look like a person's name."""
    for match in canvas.find(_HAN_RUN):
        run = re.sub(r"^(?:把|找|查|搜)|(?:的|吗)$", "", match[0])
        start = match.start() + match[0].find(run)
        if identity.is_name(run):
            canvas.take(start, start + len(run), Facet.NAME, run, run)
        elif identity.is_surname(run):
            canvas.take(start, start + len(run), Facet.SURNAME, run, run)


def _blank_framing(canvas: Canvas) -> None:
    for match in canvas.find(_FRAMING):
        canvas.blank(match.start(), match.end())


def _take_latin(canvas: Canvas) -> None:
    """Pinyin (several words of whole syllables belong together) and Latin words."""
    for match in canvas.find(_LATIN_RUN):
        words = match[0].split(" ")
        if len(words) > 1 and all(map(is_whole_pinyin, words)):
            canvas.take(match.start(), match.end(), Facet.PINYIN, "".join(words), match[0])
            continue
        at = match.start()
        for word in words:
            typed_small = canvas.text[at : at + len(word)].islower()  # MBA and SAP are words, not names
            facet = Facet.PINYIN if typed_small and is_pinyin(word) else Facet.WORD
            if len(word) > 1:
                canvas.take(at, at + len(word), facet, word)
            at += len(word) + 1


def _take_words(canvas: Canvas) -> None:
    """What is left, cut into words; small words and single signs carry nothing."""
    for match in canvas.find(_HAN_RUN):
        if sum(part.facet is Facet.WORD for part in canvas.parts) >= MOST_WORDS:
            return
        for start, word in _content_words(match[0]):
            at = match.start() + start
            canvas.take(at, at + len(word), Facet.WORD, word)


def _content_words(run: str) -> Iterable[tuple[int, str]]:
    """(offset, word) of the words that carry meaning. Single signs next to each other join into one word."""
    kept: list[tuple[int, str]] = []
    for word, start, _ in rjieba.tokenize(run):
        if word in _SMALL or (len(word) == 1 and _EDGES.fullmatch(word)):
            continue
        if kept and len(word) == 1 and kept[-1][0] + len(kept[-1][1]) == start and len(kept[-1][1]) == 1:
            kept[-1] = (kept[-1][0], kept[-1][1] + word)
        else:
            kept.append((start, word))
    return [(start, word) for start, word in kept if len(word) > 1]


__all__ = ["Facet", "Lexicon", "Part", "Understanding", "understand"]
