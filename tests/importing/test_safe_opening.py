"""Files that would hurt: each gives one named refusal, quickly, and touches nothing."""

import struct
import time
import tracemalloc
import zipfile
from functools import lru_cache
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.importing.engine import opening
from tests.importing import workbooks
from tests.importing.workbooks import book_of, minimal_xlsx, read, zip_of

BIG = opening.MAX_INFLATED + 10_000_000
WHOLE = workbooks.monthly_ledger()
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def only_issue(data, name="x.xlsx"):
    result = read(data, name)
    assert result.records == ()
    assert [issue.refused for issue in result.issues] == ["file"]
    return result.issues[0].code


@lru_cache
def bomb(size):
    return zip_of(minimal_xlsx(SHEET % (b" " * size)))


def lying(data):
    """The same archive with a directory that claims every part is small."""
    out = bytearray(data)
    at = 0
    while (at := out.find(b"PK\x01\x02", at)) >= 0:
        out[at + 24 : at + 28] = struct.pack("<I", 4096)
        at += 4
    return bytes(out)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "wrong_extension_ole"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
        (b"%PDF-1.7 ...", "wrong_kind"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "wrong_extension_html"),
        (zip_of({"../../evil.txt": b"x"}), "zip_slip"),
        (zip_of({"word/document.xml": b"<x/>"}), "wrong_kind"),
        (book_of([["姓名", "电话"]])[:-700], "corrupt_file"),
        (
            zip_of(
                minimal_xlsx(
                    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet>&e;</worksheet>'
                )
            ),
            "xxe",
        ),
        (zip_of(minimal_xlsx(b"<worksheet><sheetData><row>")), "corrupt_file"),
    ],
)
def test_given_a_file_that_is_no_workbook_when_read_then_it_is_named(data, code):
    assert only_issue(data) == code


def test_given_a_bomb_when_read_then_it_is_refused_in_time_and_memory():
    data = bomb(BIG)
    tracemalloc.start()
    began = time.perf_counter()

    assert only_issue(data) == "zip_bomb"

    assert time.perf_counter() - began < 10
    assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    tracemalloc.stop()


def test_given_a_bomb_that_lies_about_its_size_when_read_then_counting_finds_out():
    assert only_issue(lying(bomb(BIG))) == "zip_bomb_lying_header"


def test_given_too_many_parts_when_opened_then_refused():
    data = zip_of({f"p{i}": b"" for i in range(opening.MAX_ENTRIES + 1)})

    assert only_issue(data) == "zip_bomb"


def test_given_an_encrypted_zip_when_read_then_named():
    data = bytearray(book_of([["姓名", "电话"], ["王小明", "13800001111"]]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            data[at + offset] |= 1
            at += 4

    assert only_issue(bytes(data)) == "password_protected"


def test_given_a_cell_in_the_last_corner_when_read_then_memory_stays_small():
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>电话</t></is></c></row>'
    cells += (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>王小明</t></is></c><c r="B2"><v>13800001111</v></c></row>'
    )
    cells += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    result = read(zip_of(minimal_xlsx(SHEET % cells.encode())))

    assert [record.facts.phones for record in result.records] == [("+8613800001111",)]


def test_given_our_reader_and_openpyxl_when_both_read_then_values_agree():
    import io

    from openpyxl import load_workbook

    from guiyan.importing.engine import grid, xlsx

    for data in (workbooks.monthly_ledger(), workbooks.cards(), workbooks.sideways()):
        theirs = load_workbook(io.BytesIO(data), data_only=False)
        for sheet in xlsx.read_workbook(opening.open_package(data)):
            for row in theirs[sheet.name].iter_rows():
                for cell in row:
                    mine = sheet.rows.get(cast(int, cell.row), {}).get(cast(int, cell.column))
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        continue
                    assert grid.text_of(mine) == grid.text_of(cast(Any, cell.value))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
def test_given_any_bytes_when_read_then_a_report_and_never_a_crash(data):
    read(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_given_a_damaged_workbook_when_read_then_a_report_and_never_a_crash(data):
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read(bytes(whole[: data.draw(st.integers(10, len(whole)))]))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=30),
                st.sampled_from(["姓名", "电话", "王小明", "13800001111", '"', ";", "同上"]),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)
def test_given_any_table_text_when_read_then_every_row_is_taken_ignored_or_reported(rows):
    text = "姓名,电话,岗位\n" + "\n".join(",".join(row) for row in rows)

    result = read(text.encode(), "a.csv")

    for record in result.records:
        assert record.facts.name or record.facts.phones or record.facts.email or record.facts.name_raw


def test_given_a_zip64_like_archive_when_opened_then_names_are_checked():
    assert zipfile.is_zipfile.__name__  # the standard reader stays the one we rely on for the directory
    with pytest.raises(opening.Unreadable, match="zip_slip"):
        opening.open_package(zip_of({"/etc/passwd": b"x"}))
