import json

import pytest
from django.test import Client

from guiyan.platform.testkit.web import signed_in
from guiyan.recall.models import Outreach, RecallRequest
from tests.recall.scene import MESSAGE, NOON, WORDS, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiyan.platform.clock.now", lambda: NOON)


def post(client: Client, path: str, **body: object):
    return client.post(f"/api/v1{path}", data=json.dumps(body), content_type="application/json")


def test_the_whole_recall_goes_through_the_api(scene: Scene):
    boss, recruiter = signed_in(scene.boss), signed_in(scene.recruiter)

    asked = post(boss, "/recalls", candidate_id=scene.candidate.pk, requisition_id=scene.job.pk, words=WORDS)
    assert asked.status_code == 200, asked.content
    pk = asked.json()["id"]
    request = RecallRequest.objects.get(pk=pk)
    scene.agree(request, scene.hr)
    scene.agree(request, scene.head)
    view = recruiter.get(f"/api/v1/recalls/{pk}").json()
    assert view["state"] == "BRIEFED"
    assert view["points"][1]["shareable"] is True
    draft = recruiter.get(f"/api/v1/recalls/{pk}/message").json()
    assert draft["text"].startswith("张女士您好")
    assert post(recruiter, f"/recalls/{pk}/message/check", text=draft["text"]).json()["can_send"]

    sent = post(recruiter, f"/recalls/{pk}/message", **draft)

    assert sent.json()["state"] == "QUEUED"
    assert recruiter.get("/api/v1/recalls?state=BRIEFED").json()["rows"][0]["id"] == pk


def test_a_refused_message_names_the_sentence_and_changes_nothing(scene: Scene):
    request = scene.approved()

    answer = post(
        signed_in(scene.recruiter), f"/recalls/{request.pk}/message", text=MESSAGE + "您英语口语一般。"
    )

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["facts"]["refusals"][0]["text"] == "您英语口语一般。"
    assert not Outreach.objects.exists()


@pytest.mark.parametrize(
    "body",
    [{}, {"candidate_id": 1}, {"candidate_id": 1, "requisition_id": 1, "words": "x", "state": "BRIEFED"}],
)
def test_missing_and_unknown_keys_are_refused(scene: Scene, body: dict[str, object]):
    assert post(signed_in(scene.boss), "/recalls", **body).status_code == 400
    assert not RecallRequest.objects.exists()


def test_who_may_not_gets_401_403_404(scene: Scene):
    request = scene.asked()

    assert Client().get(f"/api/v1/recalls/{request.pk}").status_code == 401
    assert post(signed_in(scene.boss), f"/recalls/{request.pk}/message", text="x").status_code == 403
    assert signed_in(scene.boss).get("/api/v1/recalls/99999").status_code == 404


def test_a_second_open_recall_answers_409_with_the_first(scene: Scene):
    first = scene.asked()

    answer = post(
        signed_in(scene.boss),
        "/recalls",
        candidate_id=scene.candidate.pk,
        requisition_id=scene.job.pk,
        words=WORDS,
    )

    assert answer.status_code == 409
    assert answer.json()["facts"]["number"] == first.number
