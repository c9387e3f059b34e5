"""The API: same commands, problem+json refusals, nothing but what the schema knows."""

import pytest

from guiyan.approvals.models import FlowInstance
from guiyan.platform.testkit.web import signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/approvals"


def post(client, path, body=None):
    return client.post(f"{API}{path}", body or {}, content_type="application/json")


def test_given_a_task_when_agreed_by_api_then_the_next_person_is_asked(office):
    instance = office.ask()
    task = office.task(instance, office.hr)

    answer = post(signed_in(office.hr), f"/tasks/{task.pk}/approve", {"comment": "已核对"})

    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["comment"]) == ("APPROVED", "已核对")
    waiting = signed_in(office.head).get(f"{API}/inbox").json()
    assert [(row["title"], row["step"]) for row in waiting["rows"]] == [("召回张若岚", "Business head")]


def test_given_a_decided_task_when_agreed_again_then_409_with_the_current_state(office):
    instance = office.ask()
    task = office.task(instance, office.hr)
    office.decide(instance, office.hr)

    answer = post(signed_in(office.hr), f"/tasks/{task.pk}/approve")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "already_decided"
    assert (problem["facts"]["state"], problem["facts"]["who"]) == ("APPROVED", "李静")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("reject", {}),
        ("reject", {"comment": "  "}),
        ("approve", {"comment": "", "amount": 90000}),
        ("approve", {"comment": "", "actor_id": 1}),
        ("approve", {"comment": "长" * 1001}),
        ("approve", {"comment": 5}),
    ],
)
def test_given_a_faulty_body_when_sent_then_400_and_nothing_changes(office, path, body):
    task = office.task(office.ask(), office.hr)

    answer = post(signed_in(office.hr), f"/tasks/{task.pk}/{path}", body)

    assert answer.status_code == 400
    task.refresh_from_db()
    assert task.state == "OPEN"


@pytest.mark.parametrize("query", ["box=other", "limit=0", "limit=1000", "colour=red"])
def test_given_an_unknown_parameter_when_the_inbox_is_read_then_400(office, query):
    assert signed_in(office.hr).get(f"{API}/inbox?{query}").status_code == 400


def test_given_a_participant_when_the_request_is_read_then_the_picture_names_everybody(office):
    instance = office.ask()
    office.decide(instance, office.hr, comment="信息已核对")

    seen = signed_in(office.boss).get(f"{API}/{instance.pk}").json()

    assert [(line["name"], line["state"]) for line in seen["lines"]] == [
        ("王建国", "done"),
        ("李静", "done"),
        ("陈志远", "now"),
        ("周敏", ""),
    ]
    assert seen["my_task"] is None
    assert seen["may_withdraw"] is True


def test_given_somebody_not_involved_when_the_request_is_read_then_404(office):
    instance = office.ask()

    assert signed_in(office.specialist).get(f"{API}/{instance.pk}").status_code == 404


def test_given_nobody_signed_in_when_anything_is_called_then_401(office, client):
    task = office.task(office.ask(), office.hr)

    assert client.get(f"{API}/inbox").status_code == 401
    assert post(client, f"/tasks/{task.pk}/approve").status_code == 401


def test_given_the_requester_when_withdrawn_by_api_then_withdrawn(office):
    instance = office.ask()

    answer = post(signed_in(office.boss), f"/{instance.pk}/withdraw", {"comment": "另有人选"})

    assert (answer.status_code, answer.json()["state"]) == (200, "WITHDRAWN")
    assert FlowInstance.objects.get(pk=instance.pk).state == "WITHDRAWN"


def test_given_the_requester_when_reminding_by_api_then_told_how_many(office):
    instance = office.ask()

    assert post(signed_in(office.boss), f"/{instance.pk}/urge").json() == {"reminded": 1}
    assert post(signed_in(office.boss), f"/{instance.pk}/urge").status_code == 422


def test_given_the_specialist_when_done_by_api_then_done(office):
    instance = office.ask()
    office.decide(instance, office.hr)
    office.decide(instance, office.head)
    task = office.task(instance, office.specialist)

    answer = post(signed_in(office.specialist), f"/tasks/{task.pk}/complete", {"comment": "已联系"})

    assert (answer.status_code, answer.json()["state"]) == (200, "DONE")
