"""Companies: one schema each, nothing crosses, one failing migration stops nobody else."""

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django_tenants.utils import schema_context

from guiyan.accounts.models import User
from guiyan.kernel.errors import Conflict
from guiyan.platform.crypto.keys import forget_keys
from guiyan.platform.models import EventRow, WrappedKey
from guiyan.platform.tenants.commands import create_company, migrate_all
from guiyan.platform.tenants.directory import forget_companies
from guiyan.platform.tenants.models import Company
from guiyan.platform.testkit.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "test_other"


@pytest.fixture
def other() -> Iterator[str]:
    """A second company, gone afterwards."""
    create_company(schema=OTHER, name="别家", domain="other.localhost")
    yield OTHER
    with schema_context("public"), connection.cursor() as cursor:
        Company.objects.filter(schema_name=OTHER).delete()
        cursor.execute(f"DROP SCHEMA {OTHER} CASCADE")
    forget_companies()
    forget_keys()


def test_given_two_companies_when_read_in_threads_then_each_sees_only_its_own(other):
    make_person("boss", "王建国")
    with schema_context(other):
        make_person("boss", "别家老总")
    gate, seen = Barrier(2), {}

    def look(schema: str) -> None:
        try:
            with schema_context(schema):
                gate.wait()
                seen[schema] = {
                    name for _ in range(50) for name in User.objects.values_list("name", flat=True)
                }
        finally:
            connection.close()

    threads = [Thread(target=look, args=(schema,)) for schema in ("test_company", other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == {"test_company": {"王建国"}, other: {"别家老总"}}


def test_given_two_companies_then_each_has_its_own_data_key_and_events(other):
    make_person("boss")
    mine = bytes(WrappedKey.objects.get().wrapped)
    with schema_context(other):
        assert bytes(WrappedKey.objects.get().wrapped) != mine
        assert not EventRow.objects.exists()


def test_given_two_companies_when_a_strange_host_asks_then_no_company_answers(other):
    assert Client(headers={"host": "127.0.0.1"}).get("/").status_code == 404
    assert Client(headers={"host": "other.localhost"}).get("/").status_code == 302


def test_given_a_taken_schema_when_creating_again_then_conflict(other):
    with pytest.raises(Conflict, match="test_other"):
        create_company(schema=other, name="x")


def test_given_a_broken_company_when_migrating_then_the_others_are_done_and_it_is_named(other):
    with schema_context("public"):
        Company.objects.create(schema_name="test_gone", name="没了")
    try:
        results = {result.schema: result.ok for result in migrate_all()}
        with schema_context("public"):
            assert Company.objects.get(schema_name="test_gone").migration_error != ""
    finally:
        with schema_context("public"):
            Company.objects.filter(schema_name="test_gone").delete()

    assert results == {"public": True, "test_company": True, other: True, "test_gone": False}
