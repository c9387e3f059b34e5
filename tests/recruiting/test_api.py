"""The API doors: the same commands, strict inputs, problem+json."""

import json

import pytest

from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting.models import Candidate, Requisition
from tests.recruiting.story import people_of_the_story, whole_story

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


@pytest.fixture
def story():
    return people_of_the_story()


def send(client, url, body, method="post"):
    return getattr(client, method)(ROOT + url, json.dumps(body), content_type="application/json")


def test_given_the_story_then_the_api_gives_the_same_dossier():
    story = whole_story()
    body = signed_in(story.boss).get(f"{ROOT}/candidates/{story.zhang.pk}").json()

    assert (body["name"], body["then"]["met"], len(body["moments"])) == ("张若岚", "met", 10)
    assert body["contacts"][0] == {"field": "phone", "masked": "138 **** 6027"}
    assert body["moments"][2]["quotes"][0]["shareable"] is True


def test_given_no_right_to_pay_then_no_band_in_the_answer(story):
    client = signed_in(story.hr)
    made = send(
        client,
        "/requisitions",
        {"title": "x", "department_id": story.centre.pk, "salary_max": "28000", "open_now": True},
    )
    assert made.json()["state"] == "OPEN"
    assert client.get(f"{ROOT}/requisitions/{made.json()['id']}").json()["salary_max"] == "28000.00"


def test_given_unknown_keys_or_wrong_types_then_400_with_the_field(story):
    client = signed_in(story.recruiter)
    for body, field in (
        ({"name": "乙", "colour": "red"}, "colour"),
        ({"name": ""}, "name"),
        ({"name": "乙", "years": 99}, "years"),
    ):
        answer = send(client, "/candidates", body)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert field in answer.json()["detail"]
    assert client.get(f"{ROOT}/candidates?colour=red").status_code == 400
    assert Candidate.objects.count() == 1


def test_given_the_main_path_then_each_command_has_its_door(story):
    client = signed_in(story.hr)
    job = send(
        client, "/requisitions", {"title": "计划经理", "department_id": story.centre.pk, "open_now": True}
    ).json()
    person = send(client, "/candidates", {"name": "沈佳音", "phone": "13900001111"}).json()["id"]
    application = send(client, f"/candidates/{person}/applications", {"requisition_id": job["id"]}).json()
    assert application["number"] == "MS-2026-000002"
    meeting = send(
        client, f"/applications/{application['id']}/interviews",
        {"round_name": "一面", "at": "2026-11-20T10:00:00+08:00", "interviewers": [story.head.employee.pk]},
    ).json()  # fmt: skip
    head = signed_in(story.head)
    written = send(
        head, f"/interviews/{meeting['id']}/evaluation", {"rating": "NO", "remarks": [{"words": "经验不够"}]}
    )
    assert written.status_code == 200
    ending = {"outcome": "REJECTED", "reason": "SKILL_GAP", "words": "经验不够"}
    refused = send(client, f"/applications/{application['id']}/close", ending)
    assert (refused.status_code, refused.json()["code"]) == (422, "condition_needed")
    closed = send(
        client,
        f"/applications/{application['id']}/close",
        {**ending, "conditions": [{"kind": "SKILL_GAINED", "words": "两年经验"}]},
    )
    assert closed.status_code == 200
    again = send(client, f"/applications/{application['id']}/close", {"outcome": "WITHDREW"})
    assert again.status_code == 409
    for url, body in (
        (
            f"/candidates/{person}/communications",
            {"channel": "PHONE", "direction": "OUT", "words": "告知结果"},
        ),
        (f"/candidates/{person}/tags", {"name": "计划"}),
        (f"/candidates/{person}/wishes", {"topic": "CITY", "words": "苏州"}),
        (f"/candidates/{person}/do-not-contact", {"words": "不要再打"}),
        (f"/requisitions/{job['id']}/state", {"state": "ON_HOLD", "reason": "冻结"}),
    ):
        assert send(client, url, body).status_code == 200, url
    assert send(client, f"/candidates/{person}/reveal", {"field": "phone"}).json() == {
        "value": "+8613900001111"
    }
    assert send(client, f"/candidates/{person}", {"city": "上海"}, "patch").status_code == 200
    assert Requisition.objects.get().state == Requisition.State.ON_HOLD


def test_given_a_stranger_then_404_and_without_the_verb_403(story):
    stranger = signed_in(make_person("interviewer"))
    assert stranger.get(f"{ROOT}/candidates/{story.zhang.pk}").status_code == 404
    assert send(stranger, f"/candidates/{story.zhang.pk}/tags", {"name": "x"}).status_code == 403
    assert stranger.get(f"{ROOT}/requisitions").status_code == 403
