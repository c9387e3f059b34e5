"""CSV in the wild: encodings, delimiters, broken quotation marks, shifted columns."""

import pytest

from tests.importing.workbooks import read

HEADER = "编号;姓名;电话;岗位;面试日期;意见;备注\n"


def names(result):
    return [record.facts.name for record in result.records]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_given_any_usual_encoding_when_read_then_the_text_is_right(encoding):
    result = read("姓名,电话,岗位\n王小明,13800001111,会计\n".encode(encoding), "a.csv")

    assert [(r.facts.name, r.facts.position) for r in result.records] == [("王小明", "会计")]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_given_any_usual_delimiter_when_read_then_columns_are_found(mark):
    text = mark.join(["姓名", "电话", "岗位"]) + "\n" + mark.join(["王小明", "13800001111", "会计"]) + "\n"

    assert names(read(text.encode(), "a.csv")) == ["王小明"]


def test_given_a_cell_of_several_lines_when_read_then_it_is_one_cell_and_lines_are_counted():
    text = (
        HEADER
        + 'A-1;王小明;13800001111;会计;2024/3/5;"细心\n有耐心";\nA-2;李大白;13800002222;出纳;2024/3/6;快;\n'
    )

    result = read(text.encode(), "a.csv")

    assert [(r.place.record, r.place.line, r.facts.evaluation) for r in result.records] == [
        (1, 2, "细心\n有耐心"), (2, 4, "快"),
    ]  # fmt: skip


def test_given_a_quotation_mark_that_never_closes_when_read_then_only_its_line_is_refused():
    text = HEADER + (
        'A-1;王小明;13800001111;会计;2024/3/5;"细心;\n'
        'A-2;李大白;13800002222;出纳;2024/3/6;"快\n准";希望双休\n'
        "A-3;赵三;13800003333;出纳;2024/3/7;稳;\n"
    )

    result = read(text.encode(), "a.csv")

    assert names(result) == ["李大白", "赵三"]
    assert [(i.code, i.place.record, i.place.line, i.refused) for i in result.issues] == [
        ("quote_broken", 1, 2, "row")
    ]


def test_given_a_row_with_one_cell_too_many_when_read_then_it_is_refused_not_guessed():
    text = (
        HEADER
        + "A-1;王小明;13800001111;会计;2024/3/5;细心;补充;\n"
        + "A-2;李大白;13800002222;出纳;2024/3/6;快;\nA-3;赵三;13800003333;出纳;2024/3/7;稳;\n"
    )

    result = read(text.encode(), "a.csv")

    assert names(result) == ["李大白", "赵三"]
    assert [(i.code, i.place.record) for i in result.issues] == [("column_shift", 1)]


def test_given_a_mark_inside_a_word_when_read_then_it_is_a_plain_character():
    text = HEADER + 'A-1;王小明;13800001111;会计;2024/3/5;自称"老兵"，细心;\n'

    assert read(text.encode(), "a.csv").records[0].facts.evaluation == '自称"老兵"，细心'


def test_given_a_spoiled_name_when_read_then_the_rest_is_taken_and_the_name_reported():
    text = HEADER + "A-1;王小?;13800001111;会计;2024/3/5;细心;\n"

    result = read(text.encode(), "a.csv")

    assert [(r.facts.name, r.facts.name_raw, r.facts.phones) for r in result.records] == [
        (None, "王小?", ("+8613800001111",)),
    ]  # fmt: skip
    assert [(i.code, i.refused) for i in result.issues] == [("mojibake", "field")]


def test_given_words_that_look_like_a_formula_when_read_then_they_stay_words_with_a_warning():
    text = HEADER + "A-1;王小明;13800001111;会计;2024/3/5;=HYPERLINK(1);\n"

    record = read(text.encode(), "a.csv").records[0]

    assert record.facts.evaluation == "=HYPERLINK(1)"
    assert record.warnings == ("cell_starts_with_formula_char",)
