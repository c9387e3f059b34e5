import pytest
from django.db import connection

from guiyan.recruiting.models import Candidate, Remark
from guiyan.search import commands
from guiyan.search.models import DossierIndex
from tests.search.company import make_story

pytestmark = pytest.mark.django_db


def tokens_of(candidate: Candidate) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tsvector_to_array(tokens) FROM search_dossierindex WHERE candidate_id = %s",
            [candidate.pk],
        )
        return set(cursor.fetchone()[0])


def test_given_a_dossier_when_indexed_then_it_is_found_by_name_sound_number_interviewer_reason_and_words():
    zhang = make_story()["zhang"]

    tokens = tokens_of(zhang)

    assert {"n:张若岚", "s:张", "g:若岚", "y:zhangruolan", "y:zrl", "h:zan-ruo-lan"} <= tokens
    assert {
        "i:ms2026000123",
        "i:2026-123",
        "i:n123",
        "iv:陈志远",
        "rr:team_reorg",
        "ci:苏州",
        "co:恒裕电子",
    } <= tokens
    assert {"yr:2026", "ym:202603", "d:20260305", "供应", "应链", "s&op", "pw:供应", "缺料"} <= tokens


def test_given_a_phone_when_indexed_then_no_digit_of_it_is_in_the_index():
    zhang = make_story()["zhang"]

    stored = tokens_of(zhang)

    assert not [token for token in stored if "5678" in token and not token.startswith("p:")]
    assert len([token for token in stored if token.startswith("p:")]) == 2
    assert bytes(zhang.phone_index).hex() in {token.removeprefix("p:") for token in stored}


def test_given_a_remark_is_added_when_indexed_again_then_its_words_are_found():
    zhang = make_story()["zhang"]
    assert "养蜂" not in tokens_of(zhang)
    Remark.objects.create(
        evaluation=Remark.objects.get(words__startswith="S&OP").evaluation, words="业余养蜂"
    )

    commands.index_dossier(candidate_id=zhang.pk)

    assert "养蜂" in tokens_of(zhang)


def test_given_an_empty_index_when_rebuilt_then_it_equals_the_one_written_row_by_row():
    make_story()
    before = {row.pk: tokens_of(Candidate(pk=row.pk)) for row in DossierIndex.objects.all()}
    DossierIndex.objects.all().delete()
    heard: list[int] = []

    done = commands.rebuild(heard.append)

    assert (done, heard) == (4, [4])
    assert {row.pk: tokens_of(Candidate(pk=row.pk)) for row in DossierIndex.objects.all()} == before


def test_given_a_filled_index_when_rebuilt_then_every_row_is_renewed():
    people = make_story()
    DossierIndex.objects.filter(pk=people["lin"].pk).update(tokens="")

    assert commands.rebuild() == 4

    assert "n:章琳" in tokens_of(people["lin"])


def test_given_a_candidate_that_is_gone_when_indexed_then_nothing_happens():
    assert commands.index_dossiers(candidate_ids=[987654321]) == 0


def test_given_odd_signs_when_written_as_text_then_postgresql_reads_them_back():
    odd = ["it's", "back\\slash", "a b", "s&op"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(%s::tsvector)", [commands.tsvector_text(odd)])
        assert sorted(cursor.fetchone()[0]) == sorted(odd)


def test_given_many_dossiers_when_indexed_together_then_the_number_of_statements_stays_the_same(sql_count):
    people = [person.pk for person in make_story().values()]

    with sql_count() as one:
        commands.index_dossiers(candidate_ids=people[:1])
    with sql_count() as four:
        commands.index_dossiers(candidate_ids=people)

    assert len(one) <= 13
    assert len(four) <= len(one) + 3
