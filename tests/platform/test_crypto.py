"""Encrypted columns: what is stored, what opens it, what breaks it."""

import pytest
from django.db import connection

from guiyan.people.models import Employee
from guiyan.platform.crypto.seal import SealBroken, seal, unseal
from guiyan.platform.fields import index_of
from guiyan.platform.testkit.people import make_person

pytestmark = pytest.mark.django_db
PHONE = "+8613800006027"


@pytest.fixture
def employee() -> Employee:
    found = make_person("employee").employee
    found.phone = PHONE
    found.save()
    return found


def stored(employee: Employee) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_employee WHERE id = %s", [employee.pk])
        return bytes(cursor.fetchone()[0])


def test_given_a_phone_when_saved_then_the_column_holds_no_digit_of_it_and_reads_back(employee):
    assert b"6027" not in stored(employee)
    assert Employee.objects.get(pk=employee.pk).phone == PHONE


def test_given_a_phone_when_looked_up_by_its_index_then_found_and_another_is_not(employee):
    assert Employee.objects.get(phone_index=index_of(Employee, "phone_index", PHONE)) == employee
    assert not Employee.objects.filter(
        phone_index=index_of(Employee, "phone_index", "+8613800006028")
    ).exists()


def test_given_another_rows_ciphertext_when_read_then_the_seal_is_broken(employee):
    other = make_person("employee").employee
    Employee.objects.filter(pk=other.pk).update(phone=stored(employee))

    with pytest.raises(SealBroken):
        _ = Employee.objects.get(pk=other.pk).phone


@pytest.mark.parametrize("place", [0, 3, 9, 20, -1])
def test_given_one_flipped_bit_when_unsealed_then_refused(place):
    token = bytearray(seal(b"secret", column="t.c", row="1"))
    token[place] ^= 1

    with pytest.raises(Exception, match=r"seal|open|data key"):
        unseal(bytes(token), column="t.c", row="1")


def test_given_none_when_saved_then_null_and_no_index():
    employee = make_person("employee").employee

    assert Employee.objects.get(pk=employee.pk).phone is None
    assert employee.phone_index is None
