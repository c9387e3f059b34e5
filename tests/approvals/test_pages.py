"""The doors: who gets in, what they see, and that an answer goes through."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guiyan.approvals.models import Decision, FlowInstance, FlowTask
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in

pytestmark = pytest.mark.django_db
HTMX: Any = {"headers": {"HX-Request": "true", "HX-Target": "approvals"}}


def text(response):
    return response.content.decode()


def test_given_nobody_signed_in_when_the_inbox_is_asked_for_then_led_to_sign_in(office):
    answer = Client().get(reverse("approvals:inbox"))

    assert answer.status_code == 302
    assert reverse("accounts:sign_in") in answer["Location"]


def test_given_a_waiting_task_when_the_inbox_opens_then_the_card_asks_the_question_and_draws_the_flow(office):
    instance = office.ask()

    client = signed_in(office.hr)
    first = reverse("approvals:instance", args=[instance.pk])
    inbox = text(client.get(reverse("approvals:inbox")))
    assert "召回张若岚" in inbox
    assert f'hx-get="{first}" hx-trigger="intersect once"' in inbox  # the first card follows by itself

    answer = client.get(first)
    page = text(answer)
    assert answer.status_code == 200
    for words in ("召回张若岚", "供应链经理，王总点名", "ZH-2026-000041", "王建国", "陈志远", "周敏"):
        assert words in page
    assert reverse("approvals:task_approve", args=[office.task(instance, office.hr).pk]) in page


def test_given_an_empty_inbox_when_opened_then_it_says_what_will_come(office):
    answer = signed_in(office.head).get(reverse("approvals:inbox"))

    assert answer.status_code == 200
    assert "gy-state" in text(answer)


def test_given_the_list_when_a_line_is_chosen_then_only_the_card_comes(office):
    instance = office.ask()

    answer = signed_in(office.hr).get(
        reverse("approvals:instance", args=[instance.pk]),
        headers={"HX-Request": "true", "HX-Target": "approval-card"},
    )

    assert "<html" not in text(answer)
    assert "召回张若岚" in text(answer)


@pytest.mark.parametrize("who", ["head", "specialist", "admin"])
def test_given_somebody_not_involved_when_a_request_is_opened_then_404(office, who):
    instance = office.ask()
    client = signed_in(getattr(office, who))

    assert client.get(reverse("approvals:instance", args=[instance.pk])).status_code == 404
    assert client.get(f"{reverse('approvals:inbox')}?open={instance.pk}").status_code == 404
    task = office.task(instance, office.hr)
    assert client.get(reverse("approvals:task", args=[task.pk])).status_code == 404
    assert client.post(reverse("approvals:task_approve", args=[task.pk])).status_code == 404


def test_given_a_message_link_when_opened_then_it_leads_to_the_request(office):
    instance = office.ask()

    answer = signed_in(office.hr).get(reverse("approvals:task", args=[office.task(instance, office.hr).pk]))

    assert answer["Location"] == reverse("approvals:instance", args=[instance.pk])


def test_given_a_task_when_agreed_without_javascript_then_the_page_comes_again(office):
    instance = office.ask()
    task = office.task(instance, office.hr)

    answer = signed_in(office.hr).post(
        reverse("approvals:task_approve", args=[task.pk]), {"comment": "已核对"}
    )

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('approvals:inbox')}?box=waiting")
    task.refresh_from_db()
    assert (task.state, task.comment) == ("APPROVED", "已核对")


def test_given_a_task_when_refused_by_htmx_then_the_list_is_swapped_with_a_toast(office):
    instance = office.ask()
    task = office.task(instance, office.hr)

    answer = signed_in(office.hr).post(
        reverse("approvals:task_reject", args=[task.pk]), {"comment": "授权过期"}, **HTMX
    )

    assert answer.status_code == 200
    assert "gy:toast" in json.loads(answer["HX-Trigger"])
    assert FlowInstance.objects.get(pk=instance.pk).state == "REJECTED"


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"comment": " "}, 400), ({"comment": "x", "state": "1"}, 400)]
)
def test_given_a_faulty_refusal_when_sent_then_400_and_nothing_changes(office, body, status):
    instance = office.ask()
    task = office.task(instance, office.hr)

    answer = signed_in(office.hr).post(reverse("approvals:task_reject", args=[task.pk]), body, **HTMX)

    assert answer.status_code == status
    task.refresh_from_db()
    assert task.state == "OPEN"
    assert Decision.objects.filter(kind__in=Decision.ANSWERS).count() == 0


def test_given_a_decided_task_when_answered_again_then_409_says_who_was_first(office):
    instance = office.ask()
    task = office.task(instance, office.hr)
    office.decide(instance, office.hr)

    answer = signed_in(office.hr).post(reverse("approvals:task_approve", args=[task.pk]), {})

    assert answer.status_code == 409
    assert "李静" in text(answer)


@pytest.mark.parametrize("name", ["task_approve", "task_reject", "task_complete"])
def test_given_a_link_when_it_is_only_opened_then_nothing_is_decided(office, name):
    task = office.task(office.ask(), office.hr)

    assert signed_in(office.hr).get(reverse(f"approvals:{name}", args=[task.pk])).status_code == 405
    task.refresh_from_db()
    assert task.state == "OPEN"


def test_given_a_form_of_another_site_when_posted_then_403(office):
    task = office.task(office.ask(), office.hr)
    client = signed_in(office.hr, Client(enforce_csrf_checks=True))

    assert client.post(reverse("approvals:task_approve", args=[task.pk])).status_code == 403
    task.refresh_from_db()
    assert task.state == "OPEN"


def test_given_the_specialist_when_the_work_is_reported_then_the_run_is_done(office):
    instance = office.ask()
    office.decide(instance, office.hr)
    office.decide(instance, office.head)
    task = office.task(instance, office.specialist)

    answer = signed_in(office.specialist).post(reverse("approvals:task_complete", args=[task.pk]), {})

    assert answer.status_code == 302
    instance.refresh_from_db()
    assert instance.state == "DONE"


def test_given_the_requester_when_they_remind_and_withdraw_then_both_work_once(office):
    instance = office.ask()
    client = signed_in(office.boss)
    urge = reverse("approvals:instance_urge", args=[instance.pk])

    assert client.post(urge).status_code == 302
    assert client.post(urge).status_code == 422
    withdraw = reverse("approvals:instance_withdraw", args=[instance.pk])
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw).status_code == 409
    assert not FlowTask.objects.filter(state="OPEN").exists()


@pytest.mark.parametrize(("box", "who"), [("mine", "boss"), ("done", "hr"), ("waiting", "head")])
def test_given_each_box_when_opened_then_the_request_is_in_it(office, box, who):
    instance = office.ask()
    office.decide(instance, office.hr)

    answer = signed_in(getattr(office, who)).get(f"{reverse('approvals:inbox')}?box={box}")

    assert "召回张若岚" in text(answer)


@pytest.mark.parametrize("query", ["box=other", "colour=red", "after=0", "after=x", "open=-1"])
def test_given_an_unknown_parameter_when_the_inbox_opens_then_400(office, query):
    assert signed_in(office.hr).get(f"{reverse('approvals:inbox')}?{query}").status_code == 400


def test_given_many_waiting_when_paged_then_every_one_is_shown_once(office):
    from guiyan.approvals import queries
    from guiyan.platform.testkit.people import acting

    wanted = [office.ask(subject_id=number).pk for number in range(1, 8)]
    seen, after = [], None
    while True:
        page = queries.inbox(actor=acting(office.hr), after=after, limit=3)
        seen += [row.instance_id for row in page.rows]
        if (after := page.next) is None:
            break
    assert seen == wanted


def test_given_the_inbox_when_drawn_then_it_costs_few_statements_however_long(office, sql_count):
    for number in range(1, 6):
        office.ask(subject_id=number)
    client = signed_in(office.hr)
    client.get(reverse("approvals:inbox"))
    with sql_count() as few:
        client.get(reverse("approvals:inbox"))
    for number in range(6, 24):
        office.ask(subject_id=number)
    with sql_count() as many:
        client.get(reverse("approvals:inbox"))

    assert (len(few), len(many)) == (6, 6), many.statements


def test_given_an_owner_whose_card_refuses_when_the_request_opens_then_the_card_is_closed(office, settings):
    settings.APPROVALS_CARDS = {"errand": ("approvals/_picture.html", f"{__name__}.refuses")}
    instance = office.ask()

    answer = signed_in(office.hr).get(reverse("approvals:instance", args=[instance.pk]))

    assert answer.status_code == 200
    assert "gy-note" in text(answer)


def refuses(*, actor, subject_id, now):
    from guiyan.kernel.errors import NotFound

    raise NotFound()


def test_given_a_person_without_any_role_when_the_inbox_opens_then_it_is_their_own_empty_one(office):
    assert (
        signed_in(make_person("employee", department=office.department))
        .get(reverse("approvals:inbox"))
        .status_code
        == 200
    )
