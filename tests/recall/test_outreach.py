from datetime import timedelta

import pytest

from guiyan.approvals.models import FlowTask
from guiyan.kernel.errors import NotAllowed
from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import acting, make_actor, make_person
from guiyan.recall import commands, links, messages, rules
from guiyan.recall.commands import StillUnderWay
from guiyan.recall.commands import outreach as rooms
from guiyan.recall.models import MessageTemplate, Outreach, RecallRequest
from guiyan.recruiting import commands as recruiting
from guiyan.recruiting.models import Communication
from tests.recall.scene import INTERNAL, MESSAGE, NOON, Scene, at, make_zhang

pytestmark = pytest.mark.django_db


def test_given_a_clean_message_when_sent_then_it_is_queued_and_the_task_is_done(scene: Scene):
    outreach = scene.queued()

    assert outreach.state == Outreach.State.QUEUED
    assert (outreach.wecom_sender, outreach.wecom_external_id) == ("zhoumin", "wmZhangRuolan")
    assert not FlowTask.objects.filter(state="OPEN").exists()
    assert EventRow.objects.filter(name="recall.outreach.queued").count() == 1


def test_the_fitting_template_fills_into_the_message_of_the_design(scene: Scene):
    request = scene.approved()
    desk = messages.desk_for(request, scene.recruiter, now=NOON)

    chosen = messages.choices(desk)[0]
    text = messages.fill_template(desk, chosen).text

    assert (chosen.key, chosen.language) == ("first_TEAM_REORG", "zh-hans")
    assert text == (
        "张女士您好，我是澜川装备的周敏，9月和您聊过近况。\n\n王总一直记得您：讲缺料时先说自己判断错的那次，让人信服。\n\n"
        "3月没能请您来，是因为两个中心合并，岗位取消，与您的能力无关。\n\n"
        "现在供应链中心 11月2日恢复独立，供应链经理岗位 11月16日开放。\n\n"
        "王总想请您回来聊一聊，时间您定。点下面的链接选一个就好，不方便也请直说。"
    )
    assert messages.refusals(desk, text) == ()


@pytest.mark.parametrize(
    ("extra", "kind"),
    [
        (INTERNAL, "internal"),
        ("我们给 35K。", "pay"),
        ("李可晨也在考虑。", "person"),
        ("他的手机 13900001111。", "contact"),
        ("{{company}}欢迎您。", "variable"),
        ("肯定录用。", "forbidden"),
    ],
)
def test_given_words_that_must_not_leave_when_sent_then_refused_and_nothing_is_queued(
    scene: Scene, extra: str, kind: str
):
    make_zhang(scene.recruiter, "李可晨", "13900001111")
    request = scene.approved()

    with pytest.raises(messages.MessageRefused) as refused:
        commands.send_outreach(
            actor=scene.by_recruiter, request_id=request.pk, text=MESSAGE + extra, now=NOON
        )

    assert refused.value.refusals[0].kind == kind
    assert not Outreach.objects.exists()
    request.refresh_from_db()
    assert request.state == RecallRequest.State.BRIEFED


def test_before_approval_nothing_can_be_written(scene: Scene):
    request = scene.asked()

    with pytest.raises(rules.NotReady):
        commands.send_outreach(actor=scene.by_recruiter, request_id=request.pk, text=MESSAGE, now=NOON)

    assert not Outreach.objects.exists()


def test_a_second_message_while_one_is_on_its_way_is_refused(scene: Scene):
    outreach = scene.queued()

    with pytest.raises(rooms.AlreadyOnItsWay):
        commands.send_outreach(
            actor=scene.by_recruiter, request_id=outreach.request_id, text=MESSAGE, now=NOON
        )

    assert Outreach.objects.count() == 1


def test_only_the_specialist_of_the_request_may_write(scene: Scene):
    request = scene.approved()

    with pytest.raises(NotAllowed):
        commands.send_outreach(
            actor=make_actor("recruiter", "孙磊"), request_id=request.pk, text=MESSAGE, now=NOON
        )


def test_without_a_wecom_contact_the_sender_is_told_to_call(scene: Scene):
    scene.candidate.wecom_external_id = None
    scene.candidate.save(update_fields=["wecom_external_id"])
    request = scene.approved()

    with pytest.raises(rooms.NoWeCom, match="张若岚 cannot be reached by WeCom"):
        commands.send_outreach(actor=scene.by_recruiter, request_id=request.pk, text=MESSAGE, now=NOON)


def test_given_an_opt_out_between_queue_and_send_then_nothing_leaves(scene: Scene):
    outreach = scene.queued()
    recruiting.set_do_not_contact(actor=scene.by_recruiter, candidate_id=scene.candidate.pk, now=NOON)

    assert commands.begin_attempt(outreach_id=outreach.pk, now=NOON) is None

    outreach.refresh_from_db()
    assert outreach.state == Outreach.State.STOPPED
    assert EventRow.objects.get(name="recall.outreach.stopped").facts["why"] == "do_not_contact"


def test_given_a_withdrawal_between_queue_and_send_then_nothing_leaves(scene: Scene):
    outreach = scene.queued()
    commands.withdraw_request(actor=scene.by_boss, request_id=outreach.request_id, words="", now=NOON)

    assert commands.begin_attempt(outreach_id=outreach.pk, now=NOON) is None


def test_given_a_remark_taken_back_between_queue_and_send_then_the_guard_stops_it(scene: Scene):
    request = scene.approved()
    text = MESSAGE + "他记得您讲缺料时先说自己判断错的那次。"
    outreach = commands.send_outreach(actor=scene.by_recruiter, request_id=request.pk, text=text, now=NOON)
    remark = (
        scene.candidate.applications.get()
        .interviews.get(round_name="终面")
        .seats.get()
        .evaluation.remarks.first()
    )
    assert remark is not None
    recruiting.set_remark_shareable(actor=scene.by_boss, remark_id=remark.pk, shareable=False, now=NOON)

    assert commands.begin_attempt(outreach_id=outreach.pk, now=NOON) is None

    outreach.refresh_from_db()
    assert outreach.state == Outreach.State.STOPPED


def test_the_attempt_is_kept_before_the_network_and_a_second_worker_waits(scene: Scene):
    outreach = scene.queued()

    first = commands.begin_attempt(outreach_id=outreach.pk, now=NOON)

    assert first is not None
    assert first.fresh
    outreach.refresh_from_db()
    assert (outreach.state, outreach.attempts) == (Outreach.State.SENDING, 1)
    with pytest.raises(StillUnderWay):
        commands.begin_attempt(outreach_id=outreach.pk, now=NOON + timedelta(seconds=30))


def test_a_cut_off_attempt_comes_back_to_be_cleared_up_with_the_same_bytes(scene: Scene):
    outreach = scene.queued()
    first = commands.begin_attempt(outreach_id=outreach.pk, now=NOON)

    again = commands.begin_attempt(outreach_id=outreach.pk, now=NOON + timedelta(minutes=3))

    assert first is not None
    assert again is not None
    assert not again.fresh
    assert (again.text, again.link_path, again.link) == (first.text, first.link_path, first.link)


def test_a_handed_message_is_handed_once(scene: Scene):
    outreach = scene.handed()

    commands.hand_over(outreach_id=outreach.pk, msgid="other", now=NOON)

    outreach.refresh_from_db()
    assert outreach.wecom_msgid == f"msg{outreach.pk}"
    assert commands.begin_attempt(outreach_id=outreach.pk, now=NOON) is None


def test_an_opt_out_stops_also_the_second_try(scene: Scene):
    outreach = scene.queued()
    commands.begin_attempt(outreach_id=outreach.pk, now=NOON)
    recruiting.set_do_not_contact(actor=scene.by_recruiter, candidate_id=scene.candidate.pk, now=NOON)

    assert not commands.renew_attempt(outreach_id=outreach.pk, now=NOON + timedelta(minutes=3))

    outreach.refresh_from_db()
    assert outreach.state == Outreach.State.STOPPED


def test_a_sent_message_is_in_the_dossier_once_and_moves_the_request(scene: Scene):
    outreach = scene.sent()
    commands.note_delivery(outreach_id=outreach.pk, stage="sent", at=NOON, now=NOON + timedelta(hours=1))

    said = Communication.objects.get(foreign_id=f"recall:{outreach.request_id}:message:{outreach.pk}")
    assert (said.words, said.employee_name) == (MESSAGE, "周敏")
    outreach.request.refresh_from_db()
    assert outreach.request.state == RecallRequest.State.CONTACTED


def test_the_link_is_stored_as_a_hash_and_ends_after_thirty_days(scene: Scene):
    outreach = scene.sent()
    token = links.token_of(outreach.link_nonce)

    assert len(token) == 22
    assert outreach.link_hash == links.hash_of(token)
    assert token not in str(Outreach.objects.filter(pk=outreach.pk).values())
    assert links.find(token, now=NOON + timedelta(days=30) - timedelta(seconds=1)) is not None
    assert links.find(token, now=NOON + timedelta(days=30)) is None


def test_its_own_messages_do_not_count_against_the_reminder(scene: Scene):
    outreach = scene.sent()
    reminder = MessageTemplate.objects.get(key="reminder", language="zh-hans")

    second = commands.send_outreach(
        actor=scene.by_recruiter, request_id=outreach.request_id, text=MESSAGE + "再问一下。", now=NOON + timedelta(days=2),
        template_id=reminder.pk,
    )  # fmt: skip

    assert second.kind == "REMINDER"
    recruiting.record_communication(
        actor=acting(make_person("recruiter", "钱进")), candidate_id=scene.candidate.pk, channel="PHONE", direction="OUT",
        words="另一位同事打了电话。", at=at("2026-11-20T09:00"), now=NOON,
    )  # fmt: skip
    other_job = _other_job(scene)
    with pytest.raises(rules.ContactedTooOften):
        scene.asked(requisition_id=other_job)


def test_two_recalls_never_write_to_one_person_at_the_same_time(scene: Scene):
    first = scene.queued()
    other = scene.asked(requisition_id=_other_job(scene))
    scene.agree(other, scene.hr)
    scene.agree(other, scene.head)

    with pytest.raises(rules.AnotherOnItsWay) as refused:
        commands.send_outreach(actor=scene.by_recruiter, request_id=other.pk, text=MESSAGE, now=NOON)

    assert refused.value.facts["number"] == first.request.number
    assert Outreach.objects.count() == 1
    assert commands.begin_attempt(outreach_id=first.pk, now=NOON) is not None


def _other_job(scene: Scene) -> int:
    job = recruiting.create_requisition(
        actor=acting(scene.hr), title="计划经理", department_id=scene.centre.pk, open_now=True, now=NOON
    )
    return int(job.pk)


def test_a_failure_names_itself_and_leaves_the_request_where_it_was(scene: Scene):
    outreach = scene.handed()

    commands.note_delivery(outreach_id=outreach.pk, stage="failed", at=NOON, now=NOON, failure="quota")

    outreach.refresh_from_db()
    assert (outreach.stage, outreach.failure) == ("failed", "quota")
    outreach.request.refresh_from_db()
    assert outreach.request.state == RecallRequest.State.BRIEFED


def test_unknown_waits_for_a_person_who_may_send_again(scene: Scene):
    outreach = scene.queued()
    commands.begin_attempt(outreach_id=outreach.pk, now=NOON)
    commands.note_unknown(outreach_id=outreach.pk, words="no answer", now=NOON)

    assert commands.begin_attempt(outreach_id=outreach.pk, now=NOON + timedelta(hours=1)) is None
    again = commands.resend_outreach(actor=scene.by_recruiter, outreach_id=outreach.pk, now=NOON)

    assert again.state == Outreach.State.QUEUED


def test_a_template_gets_a_new_version_and_the_old_one_stays(scene: Scene):
    old = MessageTemplate.objects.get(key="first_OTHER", language="zh-hans")

    new = commands.save_template(
        actor=acting(scene.hr),
        key=old.key,
        language=old.language,
        title="通用",
        body="{{address}}您好。",
        now=NOON,
    )

    old.refresh_from_db()
    assert (new.version, new.active, old.active) == (2, True, False)
    assert old.body != new.body


def test_a_template_that_computes_is_refused_and_nothing_changes(scene: Scene):
    from guiyan.recall.engine.templates import BadTemplate

    with pytest.raises(BadTemplate):
        commands.save_template(
            actor=acting(scene.hr), key="first_OTHER", language="zh-hans", title="x", body="{{7*7}}", now=NOON
        )

    assert MessageTemplate.objects.filter(key="first_OTHER", language="zh-hans").count() == 1
