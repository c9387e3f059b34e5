"""`guiyan bench pages`: server time, SQL statements and weight of the main pages over a large company."""

import gzip
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client
from django_tenants.utils import schema_context

from guiyan.accounts.models import User
from guiyan.config.demo import bulk, company, crowd, story
from guiyan.config.demo.seed import cast_of
from guiyan.people.models import Employee
from guiyan.platform.clock import SHANGHAI, now
from guiyan.platform.tenants.commands import create_company, migrate_all
from guiyan.platform.tenants.directory import forget_companies
from guiyan.platform.tenants.models import Company
from guiyan.platform.testkit.sql import count_sql
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting.models import Candidate
from guiyan.search.commands import rebuild

SEED = 7
WARM, ROUNDS = 12, 60
QUERIES = (
    "张若岚", "zhangruolan", "zrl", "姓张 供应链 去年", "王总面的", "薪资 采购", "陈志远面过 库存周转", "嵌入式 CAN 总线",
    "苏州 质量经理 编制", "工艺工程师", "李", "今年春天 供应链 架构调整",
)  # fmt: skip
LAST_DAY = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class PageFigures:
    """One page: server milliseconds, SQL statements (most of all calls), gzipped kilobytes (median)."""

    p50_ms: float
    p95_ms: float
    sql: int
    kb: float


def schema_of(candidates: int) -> str:
    """Each size has a company of its own, so that a repeat finds its data."""
    return f"bench_{candidates}"


def host_of(candidates: int) -> str:
    """Its host name; underscores are not allowed there."""
    return f"bench-{candidates}.localhost"


def run(candidates: int, report: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Load (once) and measure. Returns {"candidates", "load_s", "pages": {name: {p50_ms, p95_ms, sql, kb}}}."""
    load_s = load(candidates, report)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host_of(candidates)]
    forget_companies()
    with schema_context(schema_of(candidates)):
        boss = User.objects.get(username="wangjianguo")
        ids = list(Candidate.objects.order_by("pk").values_list("pk", flat=True))
        pages = {name: measure(boss, candidates, paths) for name, paths in _paths(ids).items()}
    return {
        "candidates": candidates,
        "load_s": round(load_s, 1),
        "pages": {n: asdict(f) for n, f in pages.items()},
    }


def load(candidates: int, report: Callable[[str], None]) -> float:
    """The company with that many candidates, the same ones every time. Returns the seconds it took (0: was there)."""
    schema, moment, started = schema_of(candidates), now(), time.perf_counter()
    migrate_all()
    with schema_context("public"):
        there = Company.objects.filter(schema_name=schema).exists()
    if not there:
        create_company(
            schema=schema, name=company.NAME, full_name=company.FULL_NAME, domain=host_of(candidates)
        )
    with schema_context(schema):
        if Candidate.objects.count() >= candidates:
            return 0.0
        people = _company(moment)
        invented = (crowd.person(SEED, n, last_day=LAST_DAY, interviewers=3) for n in range(candidates))
        bulk.write_people(invented, cast_of(people), now=moment, done=_counting(candidates, report))
        report("the search index")
        rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return time.perf_counter() - started


def _counting(candidates: int, report: Callable[[str], None]) -> Callable[[list[int]], None]:
    seen = count(0, bulk.BATCH)
    return lambda ids: report(f"{next(seen) + len(ids):,} of {candidates:,} candidates")


def _company(moment: datetime) -> dict[str, Employee]:
    people = company.build(password="bench-only-sentence-" + "x" * 8, now=moment)
    stage = story.Stage(people, story.shift_to(moment.astimezone(SHANGHAI).date()))
    company.merge_then_restore(stage)
    story.tell(stage)
    story.reopen(stage)
    return people


def _paths(ids: Sequence[int]) -> dict[str, list[str]]:
    dice = random.Random(SEED)  # noqa: S311 - which pages to open, not a secret
    return {
        "baseline": ["/healthz"],
        "home": ["/"],
        "search": [f"/find/?q={quote(words)}" for words in QUERIES],
        "dossier": [f"/candidates/{dice.choice(ids)}" for _ in range(40)],
        "approvals": ["/approvals/"],
        "candidates": ["/candidates"],
    }


def measure(user: User, candidates: int, paths: Sequence[str]) -> PageFigures:
    """Open the paths in turn as this person; server time in process, after warming up."""
    client = signed_in(user, Client(headers={"host": host_of(candidates)}))
    most, weights, took = 0, [], []
    for n in range(WARM):
        with count_sql() as spent:
            answer = client.get(paths[n % len(paths)])
        if answer.status_code != 200:
            raise RuntimeError(f"{paths[n % len(paths)]} answered {answer.status_code}")
        most = max(most, len(spent))
        weights.append(len(gzip.compress(answer.content)) / 1024)
    for n in range(ROUNDS):
        started = time.perf_counter()
        client.get(paths[n % len(paths)])
        took.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(took, n=20)
    return PageFigures(
        round(statistics.median(took), 1), round(cuts[18], 1), most, round(statistics.median(weights), 1)
    )
