"""Seeds the demo company once: organisation, a crowd with histories back to 2023, the story, recalls under way."""

import json
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tenants.utils import schema_context

from guiyan.config.demo import bulk, company, crowd, recalls, story, underway
from guiyan.people.models import Department, Employee
from guiyan.platform.clock import SHANGHAI
from guiyan.platform.tenants.commands import create_company
from guiyan.platform.tenants.models import Company
from guiyan.recruiting.models import Candidate
from guiyan.search.commands import rebuild

SCHEMA = "guiyan"
CROWD = 340
SEED = 2026
WORDS = "changfeng luori guiyan dukou qingshan yuanfan qiushui denghuo shuchuang songfeng bailu pinghu xinmai shiqiao wanqing chunxun".split()


@dataclass(frozen=True, slots=True)
class GuidePerson:
    """Someone the demo introduces: who, role in words, how to sign in."""

    name: str
    role: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class DemoGuide:
    """What the terminal prints: the people and how they sign in."""

    company: str
    people: tuple[GuidePerson, ...]


def seed_demo(*, now: datetime, report: Callable[[str], None] = lambda _: None) -> DemoGuide:
    """Make the demo company unless it is there. All or nothing: a killed seed starts over."""
    guide = _guide()
    password = guide.people[0].password
    with schema_context("public"):
        there = Company.objects.filter(schema_name=SCHEMA).exists()
    if not there:
        report("creating the company and its tables")
        create_company(schema=SCHEMA, name=company.NAME, full_name=company.FULL_NAME, domain="localhost")
    with schema_context(SCHEMA):
        if not Department.objects.exists():
            _tell_everything(password, now, report)
    return guide


def _tell_everything(password: str, now: datetime, report: Callable[[str], None]) -> None:
    with transaction.atomic():
        report("the organisation: 8 departments, 14 colleagues")
        shift = story.shift_to(now.astimezone(SHANGHAI).date())
        stage = story.Stage(company.build(password=password, now=now), shift)
        report(f"{CROWD} people with histories back to 2023, and 张若岚")
        company.merge_then_restore(stage)
        known = _histories(stage, now)
        story.reopen(stage)
        report("recalls under way")
        recalls.bring_back(stage, known, now=now)
        report("the search index")
        rebuild()


def _histories(stage: story.Stage, now: datetime) -> list[Candidate]:
    """The crowd and the story in order of application, so that interview numbers follow the calendar."""
    last_day, cast = now.astimezone(SHANGHAI).date(), cast_of(stage.people)
    people = [crowd.person(SEED, n, last_day=last_day, interviewers=3) for n in range(CROWD)]
    waiting = deque(sorted(people, key=lambda person: person.applied_on))
    scenes: list[tuple[date, Callable[[], Candidate]]] = [(stage.on(2, 27), partial(story.tell, stage))]
    scenes += [
        (underway.applied_on(stage, past), partial(underway.tell, stage, past)) for past in underway.PAST
    ]
    told = []
    for day, scene in sorted(scenes, key=lambda each: each[0]):
        before = [waiting.popleft() for _ in range(sum(person.applied_on < day for person in waiting))]
        bulk.write_people(before, cast, now=now)
        told.append(scene())
    bulk.write_people(waiting, cast, now=now)
    return told


def cast_of(people: dict[str, Employee]) -> bulk.Cast:
    """Who interviews for which department, from the demo colleagues."""
    inside = {
        "供应链中心": ("chenzhiyuan", "sunlei"), "研发中心": ("linhaifeng", "gaoxiang"), "制造中心": ("wuxiaomei", "zhaoqiming"),
        "质量部": ("zhaoqiming", "wuxiaomei"), "销售中心": ("zhengkai", "chenzhiyuan"), "职能中心": ("heyu", "lijing"),
    }  # fmt: skip
    return bulk.Cast(
        departments={name: Department.objects.get(name=name) for name in inside},
        interviewers={name: tuple(people[login] for login in logins) for name, logins in inside.items()},
        recruiter=people["zhoumin"], hr=people["lijing"], boss=people["wangjianguo"],
    )  # fmt: skip


def _guide() -> DemoGuide:
    """The guide of this installation: its password is made once and kept in the data directory (AU5)."""
    path = Path(settings.DATA_DIR) / "secrets" / "demo.json"
    if path.exists():
        password = str(json.loads(path.read_text(encoding="utf-8"))["password"])
    else:
        password = "-".join(secrets.choice(WORDS) for _ in range(4)) + f"-{secrets.randbelow(900) + 100}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps({"password": password}, ensure_ascii=False), encoding="utf-8")
    known = {colleague.login: colleague for colleague in company.COLLEAGUES}
    people = tuple(
        GuidePerson(known[login].name, known[login].title, login, password) for login in company.GUIDE
    )
    return DemoGuide(company.FULL_NAME, people)
