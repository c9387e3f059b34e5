"""The organisation: the tree, reporting lines, changes, and the directory that approvals ask."""

from datetime import date

import pytest

from guiyan.accounts.commands import disable_user
from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.people import commands, queries
from guiyan.people.commands import Circle, UnknownChange
from guiyan.people.directory import PeopleDirectory
from guiyan.people.models import Department, OrganisationChange
from guiyan.platform.testkit.people import MOMENT, SETUP, acting, make_actor, make_department, make_person
from guiyan.platform.testkit.web import signed_in

pytestmark = pytest.mark.django_db


def test_given_a_moved_branch_then_every_path_below_follows():
    root = make_department("公司")
    a, b = make_department("甲", root), make_department("乙", root)
    below = make_department("甲一", a)

    commands.move_department(actor=SETUP, department_id=a.pk, parent_id=b.pk, now=MOMENT)

    below.refresh_from_db()
    assert below.path == f"/{root.pk}/{b.pk}/{a.pk}/{below.pk}/"


def test_given_a_branch_when_moved_below_itself_then_refused_and_nothing_changes():
    a = make_department("甲")
    below = make_department("甲一", a)

    with pytest.raises(Circle, match="甲"):
        commands.move_department(actor=SETUP, department_id=a.pk, parent_id=below.pk, now=MOMENT)
    assert Department.objects.get(pk=a.pk).path == f"/{a.pk}/"


def test_given_a_reporting_line_when_it_would_lead_back_then_refused():
    boss = make_person("boss").employee
    head = make_person("employee", manager=boss).employee

    with pytest.raises(Circle):
        commands.set_manager(actor=SETUP, employee_id=boss.pk, manager_id=head.pk, now=MOMENT)
    boss.refresh_from_db()
    assert boss.manager is None


def test_given_an_unknown_change_when_recorded_then_refused_by_name():
    with pytest.raises(UnknownChange, match="MAGIC"):
        commands.record_change(
            actor=SETUP, department_id=make_department().pk, kind="MAGIC", effective_on=date(2026, 11, 2), words="x",
            document="", now=MOMENT,
        )  # fmt: skip
    assert not OrganisationChange.objects.exists()


def test_given_no_such_department_when_adding_below_then_not_found():
    with pytest.raises(NotFound):
        commands.create_department(actor=SETUP, name="x", parent_id=999_999, now=MOMENT)


def test_given_a_recruiter_when_creating_a_department_then_not_allowed():
    with pytest.raises(NotAllowed):
        commands.create_department(actor=make_actor("recruiter"), name="x", now=MOMENT)


@pytest.fixture
def tree():
    root = make_department("公司")
    centre = make_department("供应链中心", root)
    group = make_department("采购组", centre)
    boss = make_person("boss", "王建国", department=root)
    head = make_person("business_head", "陈志远", department=centre, manager=boss.employee)
    for place, employee in ((root, boss.employee), (centre, head.employee)):
        commands.set_head(actor=SETUP, department_id=place.pk, employee_id=employee.pk, now=MOMENT)
    return root, centre, group, boss, head


def test_given_a_group_without_a_head_when_asked_then_the_next_head_upwards(tree):
    root, centre, group, boss, head = tree
    ask = PeopleDirectory()

    assert ask.department_head(group.pk, 1) == head.pk
    assert ask.department_head(centre.pk, 1) == head.pk
    assert ask.department_head(centre.pk, 2) == boss.pk
    assert ask.department_head(root.pk, 1) == boss.pk


def test_given_a_role_over_a_subtree_when_asked_for_departments_then_only_inside(tree):
    root, _centre, group, _boss, head = tree
    ask = PeopleDirectory()

    assert ask.users_with_role("business_head", group.pk) == (head.pk,)
    assert ask.users_with_role("business_head", root.pk) == ()
    assert ask.users_with_role("business_head") == (head.pk,)


def test_given_a_manager_who_left_when_asked_then_nobody(tree):
    _root, _centre, _group, boss, head = tree
    ask = PeopleDirectory()
    assert ask.manager_of(head.pk) == boss.pk

    disable_user(actor=SETUP, user_id=boss.pk, now=MOMENT)

    assert ask.manager_of(head.pk) is None
    assert not ask.is_active(boss.pk)


def test_given_the_tree_when_listed_then_in_order_with_depth_and_counts(tree):
    actor = make_actor("hr_manager", department=tree[0])
    rows = [(row.name, row.depth, row.people, row.head_name) for row in queries.departments(actor=actor)]

    assert rows == [("公司", 0, 2, "王建国"), ("供应链中心", 1, 1, "陈志远"), ("采购组", 2, 0, "")]


def test_given_the_page_when_opened_by_hr_then_tree_and_people_and_a_way_to_add(tree):
    client = signed_in(make_person("hr_manager", department=tree[0]))
    page = client.get(f"/organisation/?department={tree[1].pk}").content.decode()

    assert "供应链中心" in page
    assert "陈志远" in page
    added = client.post("/organisation/departments", {"name": "仓储组", "parent": tree[1].pk})
    assert added.status_code == 302
    assert Department.objects.get(name="仓储组").parent == tree[1]


@pytest.mark.parametrize("bad", ["x", "-1", "1 or 1"])
def test_given_a_department_that_is_no_number_then_refused(tree, bad):
    assert signed_in(tree[3]).get("/organisation/", {"department": bad}).status_code == 400


def test_given_the_api_when_an_unknown_parameter_comes_then_refused_by_name(tree):
    answer = signed_in(tree[3]).get("/api/v1/employees?colour=red")

    assert answer.status_code == 400
    assert answer.json()["code"] == "unknown_parameter"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_given_the_api_when_an_unknown_key_comes_then_refused_and_nothing_is_made(tree):
    client = signed_in(make_person("hr_manager", department=tree[0]))
    body = {"name": "x", "parent_id": tree[0].pk, "head_id": 1}
    answer = client.post("/api/v1/departments", body, content_type="application/json")

    assert answer.status_code == 400
    assert "head_id" in answer.json()["detail"]
    assert Department.objects.count() == 3


def test_given_a_foreign_department_over_the_api_then_404_problem(tree):
    client = signed_in(make_person("hr_manager", department=tree[0]))
    answer = client.post(
        "/api/v1/departments", {"name": "x", "parent_id": 999_999}, content_type="application/json"
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_given_acting_people_then_their_powers_come_from_grants(tree):
    assert acting(tree[4]).may("recall.request")
    assert not acting(tree[4]).may("recall.contact")
