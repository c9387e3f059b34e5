from datetime import date, timedelta

import pytest

from guiyan.kernel.errors import InvalidInput, NotAllowed, NotFound
from guiyan.kernel.states import IllegalMove
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_actor
from guiyan.recall import commands, links, queries
from guiyan.recall.models import CandidateAnswer, FollowUp, Outreach, RecallRequest
from guiyan.recruiting.models import Communication
from tests.recall.scene import MESSAGE, NOON, Scene, at

pytestmark = pytest.mark.django_db


def token(outreach: Outreach) -> str:
    return links.token_of(outreach.link_nonce)


def plan(outreach: Outreach) -> list[tuple[str, str]]:
    rows = FollowUp.objects.filter(outreach=outreach).order_by("pk")
    return list(rows.values_list("key", "state"))


def test_interested_is_recorded_once_however_often_it_is_tapped(scene: Scene):
    outreach = scene.sent()
    for _ in range(2):
        commands.answer_on_page(token=token(outreach), kind="INTERESTED", words="周四下午", now=NOON)

    outreach.refresh_from_db()
    assert outreach.stage == "answered"
    assert CandidateAnswer.objects.count() == 1
    outreach.request.refresh_from_db()
    assert outreach.request.state == RecallRequest.State.ANSWERED
    said = Communication.objects.get(channel="PAGE")
    assert said.words == "有兴趣 「周四下午」"
    assert EventRow.objects.filter(name="recall.candidate.answered").count() == 1


def test_a_changed_mind_is_kept_beside_the_first_answer(scene: Scene):
    outreach = scene.sent()
    commands.answer_on_page(token=token(outreach), kind="NO", now=NOON)
    commands.answer_on_page(token=token(outreach), kind="LATER", later_on=date(2027, 3, 1), now=NOON)

    assert list(CandidateAnswer.objects.values_list("kind", flat=True)) == ["NO", "LATER"]


def test_never_closes_the_recall_opts_out_and_ends_the_link(scene: Scene):
    outreach = scene.sent()

    commands.answer_on_page(token=token(outreach), kind="NEVER", now=NOON)

    request = RecallRequest.objects.get()
    assert (request.state, request.outcome) == ("CLOSED", "NEVER")
    scene.candidate.refresh_from_db()
    assert scene.candidate.do_not_contact_at == NOON
    assert links.find(token(outreach), now=NOON) is None
    assert not FollowUp.objects.exclude(state="CANCELLED").exists()


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("HIRED", {}),
        ("NO", {"words": "好" * 301}),
        ("LATER", {"later_on": NOON.date()}),
        ("NO", {"later_on": date(2027, 1, 1)}),
    ],
)
def test_answers_that_make_no_sense_are_refused_and_change_nothing(
    scene: Scene, kind: str, facts: dict[str, object]
):
    outreach = scene.sent()

    with pytest.raises(InvalidInput):
        commands.answer_on_page(token=token(outreach), kind=kind, now=NOON, **facts)  # type: ignore[arg-type]

    outreach.refresh_from_db()
    assert outreach.stage == "sent"
    assert not CandidateAnswer.objects.exists()


def test_looking_at_the_page_changes_nothing(scene: Scene):
    outreach = scene.sent()

    page = queries.candidate_page(token=token(outreach), now=NOON)

    assert page.paragraphs == (MESSAGE,)
    outreach.refresh_from_db()
    assert outreach.opened_at is None


def test_an_expired_token_is_not_found_for_reading_opening_and_answering(scene: Scene):
    outreach = scene.sent()
    late = NOON + timedelta(days=31)

    for act in (
        lambda: queries.candidate_page(token=token(outreach), now=late),
        lambda: commands.open_page(token=token(outreach), now=late),
        lambda: commands.answer_on_page(token=token(outreach), kind="NO", now=late),
    ):
        with pytest.raises(NotFound):
            act()


def test_sent_plans_a_reminder_after_twelve_working_hours(scene: Scene):
    outreach = scene.sent()

    row = FollowUp.objects.get(outreach=outreach)
    assert (row.key, row.state, row.assignee) == ("remind:1", "PLANNED", scene.recruiter)
    assert row.due_at == at("2026-11-24T17:00")  # sent Monday 12:00: 5 h on Monday, 7 h on Tuesday


def test_opened_turns_the_reminder_into_a_call(scene: Scene):
    outreach = scene.sent()

    commands.open_page(token=token(outreach), now=at("2026-11-23T20:00"))

    assert plan(outreach) == [("remind:1", "CANCELLED"), ("call:silent", "PLANNED")]
    assert FollowUp.objects.get(key="call:silent").due_at == at("2026-11-24T18:00")


def test_due_steps_are_raised_once_even_when_the_job_runs_late_and_twice(scene: Scene):
    scene.sent()
    late = at("2026-11-27T09:00")

    assert commands.raise_due_follow_ups(now=at("2026-11-24T15:59")) == []
    first = commands.raise_due_follow_ups(now=late)
    second = commands.raise_due_follow_ups(now=late)

    assert len(first) == 1
    assert second == []
    assert EventRow.objects.filter(name="recall.follow_up.due").count() == 1


def test_an_answer_cancels_what_was_due(scene: Scene):
    outreach = scene.sent()
    commands.raise_due_follow_ups(now=at("2026-11-27T09:00"))

    commands.answer_on_page(token=token(outreach), kind="NO", now=at("2026-11-27T09:05"))

    assert {state for _key, state in plan(outreach)} == {"CANCELLED"}
    assert commands.raise_due_follow_ups(now=at("2026-12-27T09:00")) == []


def test_a_reminder_message_finishes_the_task_and_its_silence_leads_to_a_call(scene: Scene):
    outreach = scene.sent()
    commands.raise_due_follow_ups(now=at("2026-11-25T09:00"))
    now = at("2026-11-25T09:30")
    reminder = commands.send_outreach(
        actor=scene.by_recruiter, request_id=outreach.request_id, text=MESSAGE + "再问一下。", now=now,
        template_id=outreach.template_id or _reminder_id(),
    )  # fmt: skip
    assert plan(outreach) == [("remind:1", "DONE")]

    commands.begin_attempt(outreach_id=reminder.pk, now=now)
    commands.hand_over(outreach_id=reminder.pk, msgid="m2", now=now)
    commands.note_delivery(outreach_id=reminder.pk, stage="sent", at=now, now=now)

    assert plan(reminder) == [("call:unopened", "PLANNED")]
    assert FollowUp.objects.get(key="call:unopened").due_at == at("2026-11-27T09:30")


def _reminder_id() -> int:
    from guiyan.recall.models import MessageTemplate

    return MessageTemplate.objects.get(key="reminder", language="zh-hans").pk


def test_a_call_is_noted_in_the_dossier_and_ends_the_plan(scene: Scene):
    outreach = scene.sent()
    commands.open_page(token=token(outreach), now=NOON)
    (row_id,) = commands.raise_due_follow_ups(now=at("2026-11-27T09:00"))

    commands.complete_follow_up(
        actor=scene.by_recruiter,
        follow_up_id=row_id,
        words="聊了十分钟，愿意来。",
        now=at("2026-11-27T10:00"),
    )

    assert (
        Communication.objects.get(foreign_id=f"recall:{outreach.request_id}:call:{row_id}").words
        == "聊了十分钟，愿意来。"
    )
    assert ("call:silent", "DONE") in plan(outreach)
    with pytest.raises(IllegalMove):
        commands.complete_follow_up(
            actor=scene.by_recruiter, follow_up_id=row_id, words="", now=at("2026-11-27T10:01")
        )


def test_others_cannot_finish_a_follow_up(scene: Scene):
    scene.sent()
    (row_id,) = commands.raise_due_follow_ups(now=at("2026-11-27T09:00"))

    with pytest.raises(NotAllowed):
        commands.complete_follow_up(actor=scene.by_boss, follow_up_id=row_id, words="", now=NOON)
    with pytest.raises(NotFound):
        commands.complete_follow_up(
            actor=make_actor("interviewer", "外人"), follow_up_id=row_id, words="", now=NOON
        )

    assert FollowUp.objects.get(pk=row_id).state == "DUE"


def test_closing_cancels_the_plan_and_keeps_the_outcome(scene: Scene):
    outreach = scene.sent()
    commands.answer_on_page(token=token(outreach), kind="INTERESTED", words="周四", now=NOON)

    closed = commands.close_request(
        actor=scene.by_recruiter,
        request_id=outreach.request_id,
        outcome="INTERVIEW",
        words="周四下午三点",
        now=NOON,
    )

    assert (closed.state, closed.outcome) == ("CLOSED", "INTERVIEW")
    assert links.find(token(outreach), now=NOON) is not None
    with pytest.raises(IllegalMove):
        commands.close_request(
            actor=scene.by_recruiter, request_id=outreach.request_id, outcome="DECLINED", words="", now=NOON
        )


def test_an_unknown_outcome_is_refused(scene: Scene):
    request = scene.approved()

    with pytest.raises(InvalidInput, match="INTERVIEW, HIRED"):
        commands.close_request(
            actor=scene.by_recruiter, request_id=request.pk, outcome="SOLD", words="", now=NOON
        )

    request.refresh_from_db()
    assert request.is_open


def test_a_colleague_can_note_an_answer_given_by_phone(scene: Scene):
    outreach = scene.sent()

    answer = commands.note_answer(
        actor=scene.by_recruiter, outreach_id=outreach.pk, kind="INTERESTED", words="电话里说愿意", now=NOON
    )

    assert answer.noted_by_name == "周敏"
    outreach.refresh_from_db()
    assert outreach.stage == "answered"


def test_home_shows_what_the_specialist_must_do_next(scene: Scene):
    request = scene.approved()
    home = queries.home_recalls(actor=scene.by_recruiter, now=NOON)
    assert [row.action_url for row in home.to_contact] == [f"/recall/requests/{request.pk}/compose"]

    outreach = commands.send_outreach(actor=scene.by_recruiter, request_id=request.pk, text=MESSAGE, now=NOON)
    commands.begin_attempt(outreach_id=outreach.pk, now=NOON)
    commands.hand_over(outreach_id=outreach.pk, msgid="m", now=NOON)
    commands.note_delivery(outreach_id=outreach.pk, stage="sent", at=NOON, now=NOON)
    commands.answer_on_page(token=token(outreach), kind="INTERESTED", words="周四下午", now=NOON)

    home = queries.home_recalls(actor=scene.by_recruiter, now=NOON)
    assert home.to_contact == ()
    assert "周四下午" in home.answered[0].text
    assert queries.home_recalls(actor=scene.by_boss, now=NOON).mine[0].pips == ("on",) * 5


def test_home_costs_few_statements(scene: Scene, sql_count):
    scene.sent()
    actor = acting(scene.recruiter)
    with sql_count() as spent:
        queries.home_recalls(actor=actor, now=NOON)

    assert len(spent.statements) <= 5
