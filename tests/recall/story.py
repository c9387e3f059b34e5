"""One scene per test module: written once in an outer transaction, given fresh to every test, undone at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django_tenants.utils import schema_context

from guiyan.accounts.models import User
from guiyan.people.models import Department
from guiyan.recruiting.models import Candidate, Requisition
from tests.conftest import SCHEMA
from tests.recall.scene import Scene, make_scene

MODELS = {
    "boss": User, "hr": User, "head": User, "recruiter": User, "centre": Department, "job": Requisition,
    "candidate": Candidate,
}  # fmt: skip


@contextmanager
def told(blocker: Any) -> Iterator[dict[str, int]]:
    """The ids of the scene's rows. Every test's own transaction is a savepoint inside this one."""
    with blocker.unblock(), schema_context(SCHEMA), transaction.atomic():
        scene = make_scene()
        yield {name: getattr(scene, name).pk for name in MODELS}
        transaction.set_rollback(True)


def fresh(ids: dict[str, int]) -> Scene:
    """The scene with objects read anew, so that no test sees what another changed in memory."""
    rows: dict[str, Any] = {name: model._default_manager.get(pk=ids[name]) for name, model in MODELS.items()}
    return Scene(**rows)
