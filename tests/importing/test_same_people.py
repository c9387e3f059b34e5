"""Who is who across rows and files."""

from datetime import date

from guiyan.importing.engine import same
from guiyan.importing.engine.model import Facts

DAY = date(2024, 3, 5)


def people(*facts):
    return same.group(facts).person


def test_given_the_same_phone_when_grouped_then_one_person_whatever_the_name():
    assert people(
        Facts(name="王芳", phones=("+8613800001111",)), Facts(name="王 芳女士", phones=("+8613800001111",))
    ) == [0, 0]


def test_given_a_chain_of_contacts_when_grouped_then_one_person():
    old = Facts(name="王芳", phones=("+8613800001111",), email="w@example.com")
    new = Facts(name="王芳", phones=("+8613800002222",), email="w@example.com")

    assert people(old, new, Facts(name="王芳", phones=("+8613800002222",))) == [0, 0, 0]


def test_given_one_name_and_two_phones_when_grouped_then_two_people():
    assert people(
        Facts(name="王芳", phones=("+8613800001111",)), Facts(name="王芳", phones=("+8613800002222",))
    ) == [0, 1]


def test_given_a_name_alone_when_one_person_has_it_and_the_job_agrees_then_it_is_that_person():
    known = Facts(name="王芳", phones=("+8613800001111",), position="成本会计")
    bare = Facts(name="王芳", position="总账会计", date=DAY)

    assert people(known, bare) == [0, 0]


def test_given_a_name_alone_when_nothing_else_agrees_then_someone_is_asked():
    known = Facts(name="王芳", phones=("+8613800001111",), position="产品经理", interviewers=("陈总",))
    found = same.group([known, Facts(name="王芳", position="行政前台", interviewers=("小吴",))])

    assert found.person == [0, 1]
    assert found.warnings[1] == ["no_contact_match_by_name", "ambiguous_name_needs_question"]


def test_given_a_name_alone_when_several_people_have_it_then_someone_is_asked():
    one = Facts(name="王芳", phones=("+8613800001111",))
    two = Facts(name="王芳", phones=("+8613800002222",))
    found = same.group([one, two, Facts(name="王芳", evaluation="细心")])

    assert found.person == [0, 1, 2]
    assert "ambiguous_name_needs_question" in found.warnings[2]


def test_given_one_meeting_in_two_files_when_grouped_then_one_interview():
    ledger = Facts(name="王芳", phones=("+8613800001111",), date=DAY, interview_no="MS-2024-0001")
    export = Facts(name="王芳", phones=("+8613800001111",), date=DAY, evaluation="细心")
    later = Facts(name="王芳", phones=("+8613800001111",), date=date(2024, 6, 1))

    assert same.group([ledger, export, later]).interview == [0, 0, 1]


def test_given_a_blanked_day_when_the_words_are_the_same_then_one_interview():
    words = "设备联网平台从零到一做过，需求优先级讲得有框架。"
    dated = Facts(name="王芳", phones=("+8613800001111",), date=DAY, evaluation=words)
    undated = Facts(name="王芳", phones=("+8613800001111",), evaluation=words)

    assert same.group([dated, undated]).interview == [0, 0]


def test_given_a_person_row_without_interview_when_grouped_then_no_interview_is_made():
    assert same.group([Facts(name="王芳", phones=("+8613800001111",), position="会计")]).interview == [None]
