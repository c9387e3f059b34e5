"""What the main pages cost in SQL: pinned in docs/query_counts.json, reviewed like code. At most 15 each."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.config.demo import company, recalls, story, underway
from guiyan.platform.testkit.people import MOMENT, PASSWORD
from guiyan.platform.testkit.sql import count_sql
from guiyan.platform.testkit.web import signed_in
from guiyan.search.commands import rebuild

PINNED = Path(__file__).parents[2] / "docs" / "query_counts.json"
MOST = 15
BUDGETED = ("home", "search", "dossier", "approvals")


@pytest.fixture
def pages(db) -> tuple[Client, dict[str, str]]:
    """The story with its recalls, and the pages an HR manager opens."""
    stage = story.Stage(company.build(password=PASSWORD, now=MOMENT), timedelta())
    company.merge_then_restore(stage)
    zhang = story.tell(stage)
    story.reopen(stage)
    recalls.bring_back(stage, [underway.tell(stage, past) for past in underway.PAST], now=MOMENT)
    rebuild()
    client = signed_in(User.objects.get(username="lijing"))
    paths = {
        "home": "/", "search": "/find/?q=姓张 供应链 春天", "dossier": f"/candidates/{zhang.pk}", "approvals": "/approvals/",
        "candidates": "/candidates", "requisitions": "/requisitions", "recalls": "/recall/", "board": "/recall/board",
        "organisation": "/organisation/", "import": "/import/",
    }  # fmt: skip
    return client, paths


@pytest.mark.django_db
def test_given_the_main_pages_then_their_statements_are_the_pinned_ones(pages):
    client, paths = pages
    spent = {}
    for name, path in paths.items():
        client.get(path)  # warm: dictionaries and templates are read once a process
        with count_sql() as seen:
            assert client.get(path).status_code == 200
        spent[name] = len(seen)

    assert {name: count for name, count in spent.items() if name in BUDGETED and count > MOST} == {}
    assert spent == json.loads(PINNED.read_text(encoding="utf-8")), (
        "Review the difference, then write it down."
    )
