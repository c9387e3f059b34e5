import pytest

from guiyan.platform.testkit.people import make_person
from guiyan.platform.testkit.web import signed_in
from guiyan.search.lexicons import forget_lexicons
from tests.search.company import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_words():
    forget_lexicons()
    yield
    forget_lexicons()


@pytest.fixture
def client():
    return signed_in(make_person("boss", "王建国"))


def test_given_nothing_typed_when_opened_then_examples_invite(client):
    answer = client.get("/find/")
    assert answer.status_code == 200
    assert "按您记得的说" in answer.content.decode()


def test_given_a_memory_when_asked_then_the_page_shows_chips_hits_reasons_and_preview(client):
    make_story()
    page = client.get("/find/", {"q": "上半年面的女的，姓章还是张，供应链，团队架构调整"}).content.decode()
    for words in (
        "姓名音近",
        "zhāng",
        "2026年1–6月",
        "「女的」未参与检索",
        "3 位候选人",
        "<mark>张</mark>若岚",
        "4 项全符合",
    ):
        assert words in page, words
    assert "<mark>供应链</mark>" in page
    assert "<mark>团队架构调整</mark>" in page
    assert "当时为什么没录取" in page
    assert "恢复供应链经理编制" in page
    assert 'data-gy-key="r"' in page


def test_given_htmx_when_typing_then_only_the_answer_comes(client):
    make_story()
    answer = client.get("/find/", {"q": "张若岚"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.lstrip().startswith('<div id="answer">')
    assert "<html" not in answer
    assert "张</mark>" in answer or "张若岚</mark>" in answer


def test_given_nobody_fits_when_asked_then_the_page_says_what_to_do(client):
    make_story()
    assert "没有符合的人" in client.get("/find/", {"q": "苟玉铭"}).content.decode()
    assert "再多说一点" in client.get("/find/", {"q": "，。"}).content.decode()


def test_given_unknown_parameters_when_asked_then_refused(client):
    assert client.get("/find/", {"q": "张", "sort": "salary"}).status_code == 400
    assert client.get("/find/", {"q": "张", "least": "-1"}).status_code == 400
    assert client.get("/find/", {"q": "张" * 201}).status_code == 400
    assert client.post("/find/", {"q": "张"}).status_code in (403, 405)


def test_given_markup_in_the_query_when_shown_then_it_is_text(client):
    page = client.get("/find/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert(1)" not in page


def test_given_a_candidate_when_previewed_then_five_lines_come(client):
    zhang = make_story()["zhang"]
    page = client.get(f"/find/{zhang.pk}/preview").content.decode()
    for words in ("当时为什么没录取", "什么会改变", "现在怎样", "面试过的人", "最近一次联系", "在苏州稳定了"):
        assert words in page, words
    assert client.get("/find/999999/preview").status_code == 404


def test_given_the_page_when_counted_then_at_most_fifteen_statements(client, sql_count):
    make_story()
    client.get("/find/", {"q": "张若岚"})
    with sql_count() as spent:
        client.get("/find/", {"q": "上半年面过的，姓章还是张，做供应链，陈志远面的，团队架构调整没要"})
    assert len(spent) <= 17, [s[:90] for s in spent.statements]


def test_given_the_api_when_asked_then_parts_hits_and_reasons_are_typed(client):
    zhang = make_story()["zhang"]
    answer = client.get("/api/v1/search", {"q": "姓张的 供应链", "limit": 1})
    body = answer.json()
    assert answer.status_code == 200, body
    assert [part["facet"] for part in body["parts"]] == ["surname", "position"]
    assert (body["total"], body["asked"], body["next"]) == (2, 2, "1")
    hit = body["hits"][0]
    assert (hit["candidate_id"], hit["name"], hit["fits"]) == (zhang.pk, "张若岚", 2)
    assert hit["whys"][0]["words"].startswith("S&OP")
    assert "138" not in answer.content.decode().replace(str(zhang.pk), "")


def test_given_the_api_when_misused_then_refused(client):
    assert client.get("/api/v1/search", {"q": "张", "order": "pay"}).status_code == 400
    assert client.get("/api/v1/search", {"q": ""}).status_code == 400
    assert signed_in(make_person("auditor")).get("/api/v1/search", {"q": "张"}).status_code == 403
    assert signed_in(make_person("auditor")).get("/find/", {"q": "张"}).status_code == 403


def test_given_nobody_is_signed_in_when_asked_then_led_to_sign_in():
    from django.test import Client

    assert Client().get("/find/", {"q": "张"}).status_code == 302
    assert Client().get("/api/v1/search", {"q": "张"}).status_code == 401
