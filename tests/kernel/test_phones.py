import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel.phones import (
    ParsedPhone,
    PhoneProblem,
    mask_phone,
    national_phone,
    normalise_phone,
    parse_phone,
    phone_tail,
)


@pytest.mark.parametrize(
    ("raw", "e164"),
    [
        ("13812345678", "+8613812345678"),
        ("１３８ １２３４ ５６７８", "+8613812345678"),
        ("\t13812345678", "+8613812345678"),
        ("'13812345678", "+8613812345678"),
        ("+86-138-1234-5678", "+8613812345678"),
        ("0086 138 1234 5678", "+8613812345678"),
        ("8613812345678", "+8613812345678"),
        ("(+86)13812345678", "+8613812345678"),
        ("13812345678.0", "+8613812345678"),
        ("\u202d13812345678\u202c", "+8613812345678"),
        ("0512-65432100", "+8651265432100"),
        ("(0512)65432100-802", "+8651265432100"),
        ("010 8888 8888转12", "+861088888888"),
        ("+86 512 6543 2100", "+8651265432100"),
        ("400-820-8820", "+864008208820"),
        ("+852 9123 4567", "+85291234567"),
    ],
)
def test_given_a_number_as_people_write_it_when_read_then_it_is_e164(raw, e164):
    assert parse_phone(raw) == ParsedPhone(e164=e164)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (None, PhoneProblem.EMPTY),
        ("  ", PhoneProblem.EMPTY),
        ("138****5678", PhoneProblem.HIDDEN_DIGITS),
        ("1.38E+10", PhoneProblem.LOST_DIGITS),
        ("微信同号", PhoneProblem.NOT_DIGITS),
        ("1381234567", PhoneProblem.TOO_SHORT),
        ("138123456789", PhoneProblem.TOO_LONG),
        ("12812345678", PhoneProblem.UNKNOWN_FORM),
        ("5678", PhoneProblem.TOO_SHORT),
    ],
)
def test_given_no_phone_number_when_read_then_the_reason_is_named(raw, problem):
    assert parse_phone(raw) == ParsedPhone(problem=problem)


@given(st.text(max_size=40))
def test_given_any_text_when_read_then_it_is_a_number_or_a_reason_and_reading_again_changes_nothing(raw):
    parsed = parse_phone(raw)
    assert (parsed.e164 is None) != (parsed.problem is None)
    if parsed.e164:
        assert normalise_phone(parsed.e164) == parsed.e164


def test_given_a_mobile_when_masked_then_three_and_four_digits_remain():
    assert mask_phone("+8613812345678") == "138****5678"
    assert mask_phone("+8651265432100") == "51*****2100"
    assert mask_phone("+6591234567") == "65****4567"
    assert mask_phone("+2345678") == "***5678"
    assert mask_phone(None) == ""


def test_given_a_number_when_shown_inside_china_then_it_is_dialled_that_way():
    assert national_phone("+8613812345678") == "13812345678"
    assert national_phone("+8651265432100") == "0512-65432100"
    assert national_phone("+862165432100") == "021-65432100"
    assert national_phone("+85291234567") == "+85291234567"
    assert phone_tail("+8613812345678") == "5678"
    assert phone_tail("+8613812345678", 6) == "345678"
