"""The HTML doors: who gets what status, forms that refuse by name, dialogs for htmx, foreign rows as 404."""

import pytest

from guiyan.platform.models import EventRow
from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.recruiting.models import Application, Candidate, Communication, InterviewSeat, Remark, Requisition
from tests.recruiting.story import PDF, at, interviews, people_of_the_story, whole_story

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def story():
    return people_of_the_story()


def pages_of(story) -> list[str]:
    """Every page about 张若岚 and the openings."""
    one, application = f"/candidates/{story.zhang.pk}", f"/applications/{story.application.pk}"
    return [
        "/candidates", "/candidates/new", one, f"{one}/edit", f"{one}/tags/add", f"{one}/wishes/add", f"{one}/talks/add",
        f"{one}/resumes/add", f"{one}/applications/add", f"{one}/do-not-contact", f"{application}/close",
        f"{application}/interviews/add", "/requisitions", "/requisitions/new",
    ]  # fmt: skip


def test_given_the_hr_manager_then_every_page_opens_as_page_and_as_dialog(story):
    client = signed_in(story.hr)
    for url in pages_of(story):
        assert client.get(url).status_code == 200, url
        assert client.get(url, headers=HTMX).status_code == 200, url


def test_given_anonymous_then_the_sign_in_page(story, client):
    for url in pages_of(story):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in"), url


def test_given_an_interviewer_without_a_seat_then_foreign_rows_do_not_exist(story):
    client = signed_in(make_person("interviewer"))
    one = f"/candidates/{story.zhang.pk}"
    statuses = {url: client.get(url).status_code for url in pages_of(story)}
    assert statuses.pop("/candidates") == 200
    assert statuses.pop(one) == 404
    assert set(statuses.values()) == {403}


def test_given_a_head_of_another_branch_then_404_also_for_posts(story):
    client = signed_in(make_person("business_head", department=story.other, scope_department=story.other))
    held_by = f"/candidates/{story.zhang.pk}"
    assert client.get(held_by).status_code == 404
    assert client.post(f"{held_by}/reveal", {"field": "phone"}).status_code == 403
    interviews(story)
    seat, remark = InterviewSeat.objects.all()[0], Remark.objects.all()[0]
    assert client.get(f"/seats/{seat.pk}/evaluation").status_code == 404
    assert client.post(f"/remarks/{remark.pk}/share", {"shareable": "on"}).status_code == 404


def test_given_the_story_then_the_dossier_shows_no_plain_contact(now):
    story = whole_story()
    html = signed_in(story.boss).get(f"/candidates/{story.zhang.pk}").content.decode()

    assert "138 **** 6027" in html
    for secret in ("13800006027", "+86138", "ruolan.zhang"):
        assert secret not in html
    assert 'href="/recall/ask?candidate=' in html
    assert "style=" not in html.split("<body>")[1]


def test_given_the_filter_then_htmx_gets_the_timeline_alone():
    story = whole_story()
    client = signed_in(story.boss)

    html = client.get(
        f"/candidates/{story.zhang.pk}?kind=talk", headers={**HTMX, "HX-Target": "timeline"}
    ).content.decode()

    assert "<body" not in html
    assert "电话初筛" in html
    assert "终面" not in html
    assert client.get(f"/candidates/{story.zhang.pk}?colour=red").status_code == 400


def test_given_a_look_at_the_phone_then_shown_once_and_logged(story):
    client = signed_in(story.boss)
    answer = client.post(f"/candidates/{story.zhang.pk}/reveal", {"field": "phone"}, headers=HTMX)

    assert "138 0000 6027" in answer.content.decode()
    row = EventRow.objects.get(name="recruiting.contact.revealed")
    assert (row.by, row.facts["field"]) == (story.boss.pk, "phone")
    assert client.get(f"/candidates/{story.zhang.pk}/reveal").status_code == 405
    assert (
        client.post(f"/candidates/{story.zhang.pk}/reveal", {"field": "phone", "x": "1"}).status_code == 400
    )


def test_given_a_talk_in_a_dialog_then_kept_and_led_back(story):
    client = signed_in(story.recruiter)
    url = f"/candidates/{story.zhang.pk}/talks/add"
    facts = {
        "channel": "PHONE",
        "direction": "OUT",
        "words": "约了周五再聊",
        "at": "2026-03-02T11:05",
        "title": "电话",
    }

    answer = client.post(url, facts, headers=HTMX)

    said = Communication.objects.get()
    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        f"/candidates/{story.zhang.pk}#talk-{said.pk}",
    )
    assert said.at == at(3, 2, 11, 5)
    bad = client.post(url, {**facts, "words": ""}, headers=HTMX)
    assert (bad.status_code, bad["HX-Retarget"]) == (400, "#dialog-slot")
    assert "约了周五再聊" not in bad.content.decode()
    assert client.post(url, {**facts, "colour": "red"}).status_code == 400
    assert Communication.objects.count() == 1


def test_given_an_unreadable_phone_then_the_form_says_field_problem_and_remedy(story):
    client = signed_in(story.recruiter)
    answer = client.post("/candidates/new", {"name": "某人", "phone": "12345"})

    html = answer.content.decode()
    assert answer.status_code == 400
    assert "「12345」不是手机号" in html
    assert "请填 11 位号码" in html
    assert 'value="某人"' in html
    assert Candidate.objects.count() == 1


def test_given_a_new_candidate_then_the_dossier_opens(story):
    client = signed_in(story.recruiter)
    answer = client.post(
        "/candidates/new", {"name": "沈佳音", "phone": "139 0000 1111", "city": "苏州", "years": "6"}
    )
    made = Candidate.objects.get(name="沈佳音")
    assert answer["Location"] == f"/candidates/{made.pk}"
    assert (made.phone, made.years, made.initials) == ("+8613900001111", 6, "sjy")


def test_given_the_edit_page_then_empty_contacts_are_kept_and_emptied_words_go(story):
    client = signed_in(story.recruiter)
    url = f"/candidates/{story.zhang.pk}/edit"
    assert "13800006027" not in client.get(url).content.decode()

    client.post(url, {"name": "张若岚", "title": "供应链总监", "salutation": "MS"})

    story.zhang.refresh_from_db()
    assert (story.zhang.title, story.zhang.phone, story.zhang.city) == ("供应链总监", "+8613800006027", "")


def test_given_a_rejection_without_condition_then_the_page_says_what_to_add(story):
    client = signed_in(story.hr)
    url = f"/applications/{story.application.pk}/close"
    bad = client.post(url, {"outcome": "REJECTED", "reason": "SKILL_GAP"})
    assert bad.status_code == 422
    assert "未录取至少要写一个重启条件" in bad.content.decode()

    lost = client.post(url, {"outcome": "REJECTED", "reason": "SKILL_GAP", "text_1": "补上英语"})
    assert lost.status_code == 400
    story.application.refresh_from_db()
    assert story.application.state == Application.State.OPEN

    good = client.post(
        url,
        {
            "outcome": "REJECTED",
            "reason": "SKILL_GAP",
            "words": "英语不够",
            "kind_1": "SKILL_GAINED",
            "text_1": "补上英语",
        },
    )
    assert good["Location"] == f"/candidates/{story.zhang.pk}"
    story.application.refresh_from_db()
    assert story.application.state == Application.State.CLOSED


def test_given_an_interviewer_then_the_evaluation_page_takes_it_and_only_the_seat_sees_it(story):
    client = signed_in(story.recruiter)
    client.post(
        f"/applications/{story.application.pk}/interviews/add",
        {"round_name": "一面", "at": "2026-03-05T15:30", "interviewers": [story.head.employee.pk]},
    )
    seat = InterviewSeat.objects.get()
    url = f"/seats/{seat.pk}/evaluation"
    head = signed_in(story.head)

    assert head.get(url).status_code == 200
    assert signed_in(story.boss).get(url).status_code == 403
    assert head.post(url, {"rating": "YES"}).status_code == 400
    assert (
        head.post(url, {"rating": "YES", "words_1": "踏实", "share_1": "on", "words_2": "慢热"}).status_code
        == 302
    )
    assert list(Remark.objects.values_list("words", "shareable")) == [("踏实", True), ("慢热", False)]


def test_given_a_resume_then_judged_and_kept(story):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(story.recruiter)
    url = f"/candidates/{story.zhang.pk}/resumes/add"
    bad = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert bad.status_code == 400
    assert "内容与后缀名不符" in bad.content.decode()
    good = client.post(url, {"file": SimpleUploadedFile("a.pdf", PDF), "source": "猎头"})
    assert good.status_code == 302
    assert story.zhang.resumes.count() == 1


def test_given_an_opening_then_created_opened_and_held_with_a_reason(story):
    client = signed_in(story.hr)
    facts = {
        "title": "计划经理",
        "department_id": story.centre.pk,
        "headcount": "1",
        "salary_min": "20000",
        "salary_max": "28000",
    }
    client.post("/requisitions/new", {**facts, "open_now": "on"})
    job = Requisition.objects.get()
    page = client.get(f"/requisitions/{job.pk}").content.decode()
    assert "20–28K" in page

    refused = client.post(f"/requisitions/{job.pk}/state", {"state": "ON_HOLD"})
    assert refused.status_code == 400
    assert (
        client.post(f"/requisitions/{job.pk}/state", {"state": "ON_HOLD", "reason": "冻结"}).status_code
        == 302
    )
    job.refresh_from_db()
    assert (job.state, job.reason) == (Requisition.State.ON_HOLD, "冻结")
    assert client.post(f"/requisitions/{job.pk}/edit", {**facts, "headcount": "2"}).status_code == 302
    job.refresh_from_db()
    assert job.headcount == 2


def test_given_many_candidates_then_pages_follow_without_gap_or_double(story, monkeypatch):
    from guiyan.platform.testkit.people import acting
    from guiyan.recruiting import commands, queries

    for number in range(7):
        commands.create_candidate(
            actor=acting(story.recruiter), name=f"人{number}", now=at(4, 1 + number // 3)
        )
    seen, after = [], ""
    while True:
        page = queries.candidate_list(acting(story.boss), limit=3, after=after)
        seen += [row.name for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == ["人6", "人5", "人4", "人3", "人2", "人1", "人0", "张若岚"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=张若", 1), ("q=zrl", 1), ("q=6027", 1), ("q=13800006027", 1), ("q=MS-2026-000001", 1), ("q=李", 0), ("state=open", 1),
     ("state=closed", 0), ("city=苏", 1), ("tag=没有", 0)],
)  # fmt: skip
def test_given_plain_filters_then_the_list_is_narrowed(story, query, found):
    html = signed_in(story.boss).get(f"/candidates?{query}").content.decode()
    assert html.count("data-gy-item") == found


@pytest.mark.parametrize("query", ["colour=red", "state=lost", "after=%21%21", "q=a&q=b"])
def test_given_strange_parameters_then_refused(story, query):
    assert signed_in(story.boss).get(f"/candidates?{query}").status_code == 400


@pytest.mark.parametrize(("path", "most"), [("/candidates/{}", 15), ("/candidates", 8), ("/requisitions", 8)])
def test_given_a_page_then_its_statements_stay_within_bounds(sql_count, path, most):
    story = whole_story()
    client = signed_in(story.boss)
    with sql_count() as spent:
        assert client.get(path.format(story.zhang.pk)).status_code == 200
    assert len(spent) <= most, [statement[:90] for statement in spent.statements]
