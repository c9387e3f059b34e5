"""The crowd: believable people with histories, each a pure function of (seed, number)."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from guiyan.config.demo import words

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2023, 1, 9)


@dataclass(frozen=True, slots=True)
class Round:
    """One interview: who asked, how they rated, what they wrote (words, may be shared)."""

    name: str
    at: datetime
    interviewers: tuple[int, ...]
    rating: str
    remarks: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One invented candidate. Pay in thousand CNY a month; `interviewers` index the company's interviewers."""

    number: int
    name: str
    phone: str
    email: str
    city: str
    company: str
    title: str
    years: int
    school: str
    degree: str
    major: str
    source: str
    department: str
    position: str
    applied_on: date
    expects_k: int
    band: tuple[int, int]
    rounds: tuple[Round, ...]
    outcome: str
    reason: str
    reason_words: str
    condition: str
    condition_words: str
    closed_at: datetime | None
    phone_screen: str
    tags: tuple[str, ...]
    skills: tuple[str, ...]
    later_words: str
    wecom: bool


def person(seed: int, number: int, *, last_day: date, interviewers: int) -> Person:
    """The same person every time for the same arguments. Histories end by `last_day`."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311 - demo people, not secrets
    department = dice.choice(tuple(words.JOBS))
    position, low, high, major, skills, good, weak = dice.choice(words.JOBS[department])
    span = max((last_day - FIRST_DAY).days - 45, 1)
    applied = FIRST_DAY + timedelta(days=int(span * dice.random() ** 0.8))
    held = dice.choices((1, 2, 3), (38, 37, 25))[0]
    rounds = tuple(_round(dice, applied, n, held, interviewers, good, weak) for n in range(held))
    outcome, reason = _ending(dice, rounds)
    years = dice.randint(2, 16)
    closed = _moment(rounds[-1].at.date() + timedelta(days=dice.randint(1, 12)), dice) if outcome else None
    name = _name(dice)
    return Person(
        number=number, name=name, phone=f"+861{dice.choice('3578')}{dice.randint(0, 9)}00{dice.randint(0, 999_999):06d}",
        email=f"u{number}.{dice.randint(100, 999)}@example.com", city=dice.choices(words.CITIES, words.CITY_WEIGHTS)[0],
        company=dice.choice(words.COMPANY_HEADS) + dice.choice(words.COMPANY_TAILS), title=_title(dice, position),
        years=years, school=dice.choice(words.SCHOOLS), degree=dice.choice(words.DEGREES), major=major,
        source=dice.choice(words.SOURCES), department=department, position=position, applied_on=applied,
        expects_k=max(low - 2, min(high + 6, round(low + (high - low) * dice.random() * 1.3))), band=(low, high),
        rounds=rounds, outcome=outcome, reason=reason[0], reason_words=dice.choice(reason[2]), condition=reason[3],
        condition_words=dice.choice(reason[4]), closed_at=closed, phone_screen=_screen(dice, years, skills),
        tags=tuple(dice.sample(words.TAGS, dice.choice((0, 1, 1, 2)))), skills=tuple(dice.sample(skills, 2)),
        later_words=dice.choice(_LATER) if dice.random() < 0.25 else "", wecom=dice.random() < 0.35,
    )  # fmt: skip


_LATER = (
    "还在原来的公司，带了个小团队，有合适的机会愿意聊。",
    "最近在看机会，希望离家近一点。",
    "今年先不动，明年春天再说。",
    "谢谢还记得我，方便的话发我岗位介绍。",
    "已经换了工作，暂时稳定。",
)


_COMMON = [
    1 / (rank + 4) for rank in range(len(words.SURNAMES))
]  # surnames are listed by how common they are


def _name(dice: random.Random) -> str:
    surname = (
        dice.choice(words.COMPOUND) if dice.random() < 0.02 else dice.choices(words.SURNAMES, _COMMON)[0]
    )
    return surname + dice.choice(words.GIVEN)


def _title(dice: random.Random, position: str) -> str:
    return dice.choice((position, position, f"高级{position}", f"助理{position}"))


def _moment(day: date, dice: random.Random) -> datetime:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    at = time(dice.choice((9, 10, 11, 14, 15, 16, 17)), dice.choice((0, 0, 30, 15)))
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def _round(
    dice: random.Random,
    applied: date,
    n: int,
    held: int,
    interviewers: int,
    good: tuple[str, ...],
    weak: tuple[str, ...],
) -> Round:
    last = n == held - 1
    rating = dice.choices(
        ("STRONG_YES", "YES", "UNSURE", "NO"), (15, 45, 25, 15) if last else (22, 68, 10, 0)
    )[0]
    praise = dice.sample(good, min(len(good), 1 if rating in {"NO", "UNSURE"} else 2))
    remarks = [(_fill(dice, text) + "。", True) for text in praise]
    if rating in {"NO", "UNSURE"} or dice.random() < 0.35:
        remarks.append((_fill(dice, dice.choice(weak)) + "。", False))
    seats = tuple(sorted(dice.sample(range(interviewers), dice.choice((1, 1, 1, 2)))))
    name = "终面" if n == 2 else words.ROUNDS[n]
    at = _moment(applied + timedelta(days=5 + 7 * n + dice.randint(0, 3)), dice)
    return Round(name, at, seats, rating, tuple(remarks))


def _fill(dice: random.Random, text: str) -> str:
    high = dice.randint(3, 9)
    return text.format(n=high, m=dice.randint(1, high - 1), d=dice.randint(1, 9))


Reason = tuple[str, int, tuple[str, ...], str, tuple[str, ...]]


def _ending(dice: random.Random, rounds: tuple[Round, ...]) -> tuple[str, Reason]:
    weights = [weight for _, weight, *_ in words.REASONS]
    reason = dice.choices(words.REASONS, weights)[0]
    if rounds[-1].rating in {"NO", "UNSURE"} and reason[0] in {"HEADCOUNT_FROZEN", "OTHER_CHOSEN"}:
        reason = next(found for found in words.REASONS if found[0] == "SKILL_GAP")
    outcome = dice.choices(("REJECTED", "HIRED", "WITHDREW", "NO_SHOW"), (82, 8, 7, 3))[0]
    return outcome, reason


def _screen(dice: random.Random, years: int, skills: tuple[str, ...]) -> str:
    start = dice.choice(("两周", "一个月", "随时", "三个月"))
    return f"{years} 年经验，做过{'、'.join(dice.sample(skills, 2))}，{start}可到岗。"
