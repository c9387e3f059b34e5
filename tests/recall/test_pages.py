import pytest
from django.test import Client

from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recall import links
from guiyan.recall.models import CandidateAnswer, Outreach, RecallRequest
from tests.recall.scene import INTERNAL, MESSAGE, WORDS, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doors read the clock; it stands at the story's noon."""
    from tests.recall.scene import NOON

    monkeypatch.setattr("guiyan.platform.clock.now", lambda: NOON)


def test_the_boss_asks_in_the_browser_and_lands_on_the_recall(scene: Scene):
    client = signed_in(scene.boss)

    sheet = client.get(f"/recall/ask?candidate={scene.candidate.pk}")
    asked = client.post(
        "/recall/ask",
        {"candidate": scene.candidate.pk, "requisition": scene.job.pk, "words": WORDS},
        follow=True,
    )

    assert "供应链经理" in sheet.content.decode()
    request = RecallRequest.objects.get()
    assert asked.redirect_chain == [(f"/recall/requests/{request.pk}", 302)]
    body = asked.content.decode()
    assert request.number in body
    assert "35K 左右" in body
    assert "英语口语" not in body


def test_an_unknown_field_is_refused_and_nothing_is_made(scene: Scene):
    answer = signed_in(scene.boss).post(
        "/recall/ask",
        {"candidate": scene.candidate.pk, "requisition": scene.job.pk, "words": WORDS, "approve": "1"},
    )

    assert answer.status_code == 400
    assert not RecallRequest.objects.exists()


def test_list_board_and_request_open_for_all_who_may_see(scene: Scene):
    request = scene.sent().request
    for user in (scene.boss, scene.hr, scene.head, scene.recruiter):
        client = signed_in(user)
        for path in ("/recall/", "/recall/board", f"/recall/requests/{request.pk}"):
            answer = client.get(path)
            assert answer.status_code == 200, (user, path)
            assert "张若岚" in answer.content.decode()


def test_a_stranger_gets_404_and_an_interviewer_403(scene: Scene):
    request = scene.asked()
    other = make_person("business_head", "赵启明", department=scene.hr.employee.department)
    other.grants.update(department_id=0)

    assert signed_in(other).get(f"/recall/requests/{request.pk}").status_code == 404
    assert signed_in(make_person("interviewer", "林工")).get("/recall/").status_code == 403
    assert Client().get("/recall/").status_code == 302


def test_a_page_of_a_recall_costs_a_bounded_number_of_statements(scene: Scene, sql_count):
    request = scene.sent().request
    client = signed_in(scene.recruiter)
    with sql_count() as spent:
        client.get(f"/recall/requests/{request.pk}")

    assert len(spent.statements) <= 27


def test_the_composer_fills_the_fitting_template_and_may_send(scene: Scene):
    request = scene.approved()
    client = signed_in(scene.recruiter)

    body = client.get(f"/recall/requests/{request.pk}/compose").content.decode()

    assert "架构恢复后邀请" in body
    assert '<mark class="gy-var">澜川装备</mark>' in body
    assert "两个中心合并，岗位取消" in body
    assert "disabled" not in body.split('id="compose-send"')[1][:200]


def test_typing_an_internal_remark_turns_the_sentence_red_and_the_button_off(scene: Scene):
    request = scene.approved()
    text = MESSAGE + "陈总只是觉得您英语口语一般。"

    answer = signed_in(scene.recruiter).post(
        f"/recall/requests/{request.pk}/compose/check", {"text": text}, HTTP_HX_REQUEST="true"
    )

    body = answer.content.decode()
    assert '<mark class="gy-refused">陈总只是觉得您英语口语一般。</mark>' in body
    assert "陈志远" in body
    assert "disabled" in body
    assert not Outreach.objects.exists()


def test_deleting_the_sentence_keeps_the_rest_as_draft(scene: Scene):
    request = scene.approved()
    text = MESSAGE + INTERNAL
    client = signed_in(scene.recruiter)

    client.post(
        f"/recall/requests/{request.pk}/compose/drop", {"text": text, "start": len(MESSAGE), "end": len(text)}
    )

    assert Outreach.objects.get().text == MESSAGE


def test_sending_in_the_browser_queues_the_message(scene: Scene):
    request = scene.approved()

    answer = signed_in(scene.recruiter).post(f"/recall/requests/{request.pk}/compose/send", {"text": MESSAGE})

    assert answer.status_code == 302
    assert Outreach.objects.get().state == Outreach.State.QUEUED


def test_who_is_not_the_specialist_cannot_write(scene: Scene):
    request = scene.approved()
    other = make_person("recruiter", "孙磊")

    answer = signed_in(other).post(f"/recall/requests/{request.pk}/compose/send", {"text": MESSAGE})

    assert answer.status_code == 403
    assert not Outreach.objects.exists()


class TestCandidatePage:
    """Without session, without script."""

    def page(self, scene: Scene) -> tuple[Outreach, str]:
        outreach = scene.sent()
        return outreach, links.path_of(outreach)

    def test_the_letter_shows_company_words_and_four_answers(self, scene: Scene):
        outreach, path = self.page(scene)

        answer = Client().get(path)

        body = answer.content.decode()
        assert answer.status_code == 200
        assert "澜川智能装备（苏州）有限公司" in body
        assert "王总想请您回来聊一聊" in body
        for kind in ("INTERESTED", "LATER", "NO", "NEVER"):
            assert f'value="{kind}"' in body
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert len(answer.content) <= 60 * 1024
        assert outreach.request.number not in body

    def test_scanners_leave_no_trace_and_then_the_human_counts(self, scene: Scene):
        outreach, path = self.page(scene)
        for _ in range(5):
            Client().get(path)
            Client().head(path)
        outreach.refresh_from_db()
        assert outreach.opened_at is None

        assert Client().post(f"{path}/opened").status_code == 204

        outreach.refresh_from_db()
        assert outreach.stage == "opened"

    def test_an_answer_without_script_counts_as_opened_too(self, scene: Scene):
        outreach, path = self.page(scene)

        answer = Client().post(f"{path}/answer", {"answer": "INTERESTED"}, follow=True)

        outreach.refresh_from_db()
        assert outreach.stage == "answered"
        assert outreach.opened_at is not None
        assert "什么时候" in answer.content.decode() or "When would it suit" in answer.content.decode()

    def test_bad_links_all_look_alike(self, scene: Scene):
        outreach, path = self.page(scene)
        revoked = Client().get("/c/" + "A" * 22)
        Outreach.objects.filter(pk=outreach.pk).update(link_revoked_at=outreach.sent_at)
        gone, short = Client().get(path), Client().get("/c/abc")

        assert [each.status_code for each in (revoked, gone, short)] == [404, 404, 404]
        bodies = {each.content.split(b"<body>")[1] for each in (revoked, gone, short)}
        assert len(bodies) == 1
        assert Client().post(f"{path}/answer", {"answer": "NEVER"}).status_code == 404
        assert not CandidateAnswer.objects.exists()

    def test_never_contact_me_ends_the_link_at_once(self, scene: Scene):
        _, path = self.page(scene)

        assert Client().post(f"{path}/answer", {"answer": "NEVER"}).status_code == 200

        assert Client().get(path).status_code == 404
        scene.candidate.refresh_from_db()
        assert scene.candidate.do_not_contact_at is not None

    def test_a_forged_answer_is_refused_and_changes_nothing(self, scene: Scene):
        outreach, path = self.page(scene)

        for wrong in ({"answer": "HIRED"}, {"answer": "NO", "state": "x"}, {}):
            assert Client().post(f"{path}/answer", wrong).status_code == 400

        outreach.refresh_from_db()
        assert outreach.answered_at is None

    def test_attacks_in_names_and_words_stay_text(self, scene: Scene):
        scene.candidate.name = "<img src=x onerror=alert(1)>"
        scene.candidate.save(update_fields=["name"])
        _, path = self.page(scene)
        Client().post(f"{path}/answer", {"answer": "NO", "words": "<script>alert(1)</script>"})

        body = Client().get(path).content.decode()

        assert "<img src=x" not in body
        assert "<script>alert" not in body
