from datetime import UTC, datetime

import pytest

from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.people.models import Department
from guiyan.platform.actors import Actor, Power, Scope
from guiyan.platform.testkit.people import acting, make_actor, make_department, make_person
from guiyan.recruiting.models import InterviewSeat
from guiyan.search import commands, queries
from guiyan.search.lexicons import forget_lexicons
from guiyan.search.models import DossierIndex
from tests.search.company import make_candidate, make_story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_words():
    forget_lexicons()
    yield
    forget_lexicons()


@pytest.fixture
def boss():
    return make_actor("boss", "王建国")


def names(page):
    return [hit.card.name for hit in page.hits]


def ask(actor, text, **more):
    return queries.search(actor=actor, text=text, now=NOW, **more)


def test_given_the_boss_remembers_five_things_when_asked_then_the_right_dossier_is_first_and_says_why(boss):
    make_story()

    page = ask(boss, "上半年面过的那个女的，姓章还是张，做供应链，陈志远面的，团队架构调整没要")

    assert names(page) == ["张若岚", "章琳", "张蕊"]
    assert [(hit.fits, hit.asked) for hit in page.hits] == [(5, 5), (4, 5), (4, 5)]
    first = page.hits[0]
    assert first.full
    evaluation = first.whys[0]
    assert str(evaluation.label) == "一面评价"
    assert evaluation.words.text.startswith("S&OP 从零搭起，供应链")
    assert [evaluation.words.text[a:b] for a, b in evaluation.words.spans] == ["供应链"]
    assert (evaluation.who, evaluation.who_marked, evaluation.day_marked) == ("陈志远", True, True)
    assert (first.whys[1].lead, first.whys[1].lead_marked) == ("团队架构调整", True) or first.whys[
        1
    ].lead_marked
    assert [part.shown for part in page.understanding.unused] == ["女的"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张若岚", "张若岚"),
        ("章若兰", "张若岚"),  # sounds the same
        ("zhangruolan", "张若岚"),
        ("zrl", "张若岚"),
        ("zhang ruolan", "张若岚"),
        ("MS-2026-000123", "张若岚"),
        ("ms2026123", "张若岚"),
        ("编号 000123", "张若岚"),
        ("恒裕电子", "张若岚"),
        ("缺料率", "张若岚"),
        ("S&OP", "张若岚"),
        ("尾号5678", "张若岚"),
        ("13800005678", "张若岚"),
        ("要价太高 销售", "王德发"),
        ("去年面的 上海", "王德发"),
        ("英语流利", "王德发"),
        ("赵启明面的", "王德发"),
        ("稳定 苏州 愿意聊", "张若岚"),
    ],
)
def test_given_one_thing_remembered_when_asked_then_the_person_is_first(boss, typed, found):
    make_story()

    assert names(ask(boss, typed))[0] == found


def test_given_an_exact_name_and_a_sound_alike_when_asked_then_the_exact_one_is_first(boss):
    make_candidate("张若兰", number="MS-2026-000900", met="2026-10-01")
    make_candidate("张若岚", number="MS-2024-000900", met="2024-10-01")

    page = ask(boss, "张若岚")

    assert names(page) == ["张若岚", "张若兰"]
    assert [hit.exact for hit in page.hits] == [True, False]


@pytest.mark.parametrize("typed", ["苟玉铭", "尾号0455", "MS-2024-9244", "姓尉迟的供应链"])
def test_given_nobody_of_that_identity_when_asked_then_nobody_is_shown(boss, typed):
    make_story()

    page = ask(boss, typed)

    assert (page.total, page.hits) == (0, ())


def test_given_a_chip_is_removed_when_asked_then_it_no_longer_counts(boss):
    make_story()
    page = ask(boss, "姓张 供应链 上海")
    city = next(part.id for part in page.understanding.parts if part.facet == "city")

    without = ask(boss, "姓张 供应链 上海", removed=[city])

    assert {hit.fits for hit in page.hits} == {2}
    assert names(without) == ["张若岚", "张蕊"]
    assert all(hit.full for hit in without.hits)


def test_given_too_little_fits_when_asked_then_asking_for_less_is_offered_with_its_number(boss):
    make_story()
    page = ask(boss, "供应链 陈志远面的 团队架构调整 2026年3月 苏州")

    assert names(page)[0] == "张若岚"
    assert (page.least, page.total) == (3, 1)
    assert page.looser == (2, 3)
    looser = ask(boss, "供应链 陈志远面的 团队架构调整 2026年3月 苏州", least=2)
    assert sorted(names(looser)) == sorted(["张若岚", "章琳", "张蕊"])


def test_given_a_head_of_another_department_when_asked_then_foreign_dossiers_are_neither_shown_nor_counted():
    supply, sales = make_department("供应链中心"), make_department("销售中心")
    make_candidate("张若岚", number="MS-2026-000001", department=supply)
    make_candidate("张若宁", number="MS-2026-000002", department=sales)
    head = make_actor("business_head", "陈志远", department=sales, scope_department=sales)

    page = ask(head, "姓张")

    assert names(page) == ["张若宁"]
    assert page.total == 1
    assert ask(head, "张若岚").total == 0


def test_given_an_interviewer_when_asked_then_only_people_they_met_and_never_by_phone():
    user = make_person("interviewer", "赵启明")
    mine = make_candidate("张若岚", number="MS-2026-000001", phone="+8613800005678", interviewer="赵启明")
    make_candidate("张若宁", number="MS-2026-000002", phone="+8613900005678")
    InterviewSeat.objects.filter(interview__application__candidate=mine).update(employee=user.employee)
    actor = acting(user)

    by_phone = ask(actor, "尾号5678")

    assert (by_phone.total, by_phone.asked, by_phone.hits) == (0, 0, ())
    assert [part.shown for part in by_phone.withheld] == ["…5678"]
    assert names(ask(actor, "姓张")) == ["张若岚"]
    assert names(ask(actor, "我面过的")) == ["张若岚"]


def test_given_no_right_to_search_when_asked_then_it_is_refused():
    with pytest.raises(NotAllowed):
        ask(make_actor("auditor"), "张若岚")
    with pytest.raises(NotAllowed):
        queries.preview(actor=make_actor("sys_admin"), candidate_id=1)


def test_given_a_foreign_dossier_when_previewed_then_it_does_not_exist():
    supply, sales = make_department("供应链中心"), make_department("销售中心")
    person = make_candidate("张若岚", number="MS-2026-000001", department=supply)
    head = make_actor("business_head", department=sales, scope_department=sales)

    with pytest.raises(NotFound):
        queries.preview(actor=head, candidate_id=person.pk)


def test_given_a_stale_index_row_when_asked_then_a_gone_candidate_is_not_shown(boss):
    person = make_story()["zhang"]
    row = DossierIndex.objects.get(pk=person.pk)
    assert row.met_on.isoformat() == "2026-03-05"
    assert queries.status() == queries.IndexStatus(4, 4)
    DossierIndex.objects.filter(pk=person.pk).delete()

    assert names(ask(boss, "张若岚")) == []
    assert queries.status().missing == 1


def test_given_pages_of_answers_when_followed_then_everybody_comes_once(boss):
    for number in range(1, 26):
        make_candidate("张伟", number=f"MS-2026-{number:06d}", met=f"2026-03-{number:02d}")

    first = ask(boss, "张伟", limit=10)
    second = ask(boss, "张伟", limit=10, cursor=first.next)
    third = ask(boss, "张伟", limit=10, cursor=second.next)

    assert (first.total, first.next, second.next, third.next) == (25, "10", "20", "")
    seen = [hit.card.number for page in (first, second, third) for hit in page.hits]
    assert seen == [f"MS-2026-{number:06d}" for number in range(25, 0, -1)]


def test_given_words_with_quotes_and_operators_when_asked_then_they_are_only_words(boss):
    make_story()
    for text in ("it's & | ! ( ) :* <-> '' \\", "'; DROP TABLE x; --", "张若岚'", "𠮷野", "😀😀", "a" * 400):
        ask(boss, text)
    assert DossierIndex.objects.count() == 4


def test_given_the_words_are_known_when_asked_then_few_statements_are_enough(boss, sql_count):
    make_story()
    ask(boss, "张若岚")

    with sql_count() as spent:
        ask(boss, "上半年面过的，姓张，做供应链，陈志远面的，团队架构调整没要")

    assert len(spent) <= 11
    assert Department.objects.count() >= 1
    assert commands.index_dossiers(candidate_ids=[]) == 0


def test_given_a_grant_that_reaches_nobody_when_asked_then_nobody_is_found():
    make_story()
    powers = (Power("trainee", frozenset({"search.use", "candidate.read"}), Scope.SELF),)

    page = ask(Actor(1, "实习生", powers), "姓张")

    assert (page.total, page.hits) == (0, ())
