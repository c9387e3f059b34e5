"""What every room's tests share: one company per session, people with roles, a fixed moment."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, sync_playwright

from guiyan.platform.testkit.environment import ensure_server

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # noon in Shanghai, the day of the story
TODAY = date(2026, 11, 23)
SCHEMA = "test_company"
NAME, FULL_NAME = "澜川装备", "澜川智能装备（苏州）有限公司"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    ensure_server()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The one company of this session, made the way the product makes one."""
    from django.test import TransactionTestCase

    from guiyan.platform.tenants.commands import create_company
    from guiyan.platform.testkit.wipe import remember, wipe

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        create_company(schema=SCHEMA, name=NAME, full_name=FULL_NAME, domain="testserver")
        remember(SCHEMA)
    TransactionTestCase._fixture_teardown = lambda _self: wipe(SCHEMA)  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _quick_hashing() -> None:
    """argon2id as in the product, at its lowest cost: hundreds of people are made in these tests."""
    from guiyan.accounts.hashers import Argon2id

    Argon2id.time_cost, Argon2id.memory_cost = 1, 8


@pytest.fixture(autouse=True)
def _inside_the_company(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """Every test marked `django_db` works inside the company's schema."""
    if request.node.get_closest_marker("django_db") is None:
        yield
        return
    from django_tenants.utils import schema_context

    from guiyan.platform.tenants.directory import forget_companies

    forget_companies()
    with schema_context(SCHEMA):
        yield


@pytest.fixture
def now() -> datetime:
    """Noon in Shanghai on 2026-11-23."""
    return NOON


@pytest.fixture
def sql_count() -> Callable[[], object]:
    """`with sql_count() as spent: ...; spent.statements` – SQL statements without search_path and savepoints."""
    from guiyan.platform.testkit.sql import count_sql

    return count_sql


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of this process (Playwright bears no second). `make test` installs it where it may."""
    if CHROMIUM is None:
        pytest.fail("Chromium is missing. Run: sudo apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()
