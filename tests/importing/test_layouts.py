"""Whole sheets: headers, cards, people across, legends, sections, totals."""

from tests.importing import workbooks
from tests.importing.workbooks import book_of, read


def stated(result):
    return [record.facts.stated() for record in result.records]


def test_given_a_two_storeyed_ledger_when_read_then_colours_merges_units_and_comments_are_understood():
    result = read(workbooks.monthly_ledger())

    assert stated(result) == [
        {
            "name": "顾小北", "name_raw": "顾 小北", "phones": ["+8613912345678", "+8613888886666"],
            "position": "结构工程师", "date": "2023-11-03", "interviewers": ["唐总", "贺工"],
            "evaluation": "思路清楚，画图快", "status": "hired", "salary_month_min": 18000, "salary_month_max": 18000,
            "salary_raw": "18", "comment": "新号 已换", "status_from": "fill_colour", "unit_from_header": "K",
            "from_hidden_column": ["salary_month_max", "salary_month_min"],
        },
        {
            "name": "哈斯·巴雅尔", "phones": ["+8613700001111"], "position": "测试工程师", "date": "2023-11-03",
            "interviewers": ["贺工"], "evaluation": "=没做过自动化", "status": "rejected",
            "reason_type": "headcount_frozen", "reason_text": "岗位先不招了", "salary_month_min": 20000,
            "salary_month_max": 22000, "salary_raw": "20-22", "literal_text": True, "status_from": "fill_colour",
            "date_from": "merged_cell_above", "unit_from_header": "K",
            "from_hidden_column": ["salary_month_max", "salary_month_min"],
        },
        {
            "name": "米佳", "phones": ["+8613600002222"], "position": "采购主管", "date": "2023-11-09",
            "interviewers": ["唐总"], "evaluation": "还行", "status": "pending", "reason_type": "other",
            "reason_text": "等通知", "salary_raw": "面议", "status_from": "fill_colour",
        },
    ]  # fmt: skip
    assert [(issue.place.row, issue.code, issue.refused) for issue in result.issues] == [
        (9, "placeholder", "row")
    ]
    assert [(row.place.row, row.why) for row in result.ignored] == [
        (1, "note_sheet"), (1, "title"), (2, "header_group"), (3, "header"), (7, "subtotal"), (8, "blank"),
    ]  # fmt: skip


def test_given_a_family_remark_in_a_name_when_read_then_it_is_not_kept():
    facts = read(workbooks.monthly_ledger()).records[2].facts

    assert (facts.name_raw, facts.name_remark) == (None, None)


def test_given_cards_when_read_then_each_is_one_record_with_its_rows():
    result = read(workbooks.cards())

    assert [(r.place.row, r.place.row_end, r.facts.name, r.facts.phones) for r in result.records] == [
        (1, 5, "闻人初", ("+8613911112222",)),
        (6, 10, "卓玛", ("+8613911113333",)),
        (11, 15, "Alan Turner", ("+447911123456",)),
    ]
    assert [(r.facts.status, r.facts.reason_type) for r in result.records] == [
        ("rejected", "salary_gap"), ("hired", None), ("pending", None),
    ]  # fmt: skip
    assert result.issues == ()


def test_given_people_across_when_read_then_each_column_is_a_record():
    result = read(workbooks.sideways())

    assert [(r.place.column, r.facts.name, str(r.facts.date), r.facts.salary_month_min) for r in result.records] == [
        ("B", "江一帆", "2024-06-03", 12000), ("C", "蒋二白", "2024-06-04", 15000), ("D", "姜三", "2024-06-04", 15000),
    ]  # fmt: skip


def test_given_rounds_side_by_side_when_read_then_each_held_round_is_a_record():
    header = [
        "姓名",
        "电话",
        "应聘岗位",
        "一面时间",
        "一面面试官",
        "一面评价",
        "二面时间",
        "二面面试官",
        "二面评价",
    ]
    first = ["王小明", "13800001111", "会计", "2024-03-05", "李总", "不错", "2024-03-12", "张总", "一般"]
    second = ["李大白", "13800002222", "出纳", "2024-03-06", "李总", "不行", "", "", ""]

    result = read(book_of([header, first, second]))

    assert [
        (r.facts.name, r.facts.round, str(r.facts.date), r.facts.interviewers) for r in result.records
    ] == [
        ("王小明", "一面", "2024-03-05", ("李总",)),
        ("王小明", "二面", "2024-03-12", ("张总",)),
        ("李大白", "一面", "2024-03-06", ("李总",)),
    ]


def test_given_sections_and_vague_headers_when_read_then_contents_decide():
    rows: list[list[object]] = [
        ["2024年招聘面试汇总表"],
        ["序号", "姓名", "手机号码", "面试岗位", "面试时间", "面试情况", "薪资要求", "是否录用", "备注"],
        ["财务部"],
        [1, "王小明", "13800001111", "会计", "3.5", "不错，踏实", "8000-10000元", "是", "希望双休"],
        [2, "李大白", "1380000222", "出纳", "3月6号", "不行", "底薪6K+提成", "否", "太远；勿再联系"],
        ["生产部"],
        [3, "赵三", "13800003333", "操作工", "24.3.7", "同上", "6500", "√", ""],
        ["合计", 3],
    ]

    result = read(book_of(rows, "24年"))

    assert [(f["name"], f["department"], f["date"], f["status"]) for f in stated(result)] == [
        ("王小明", "财务部", "2024-03-05", "hired"),
        ("李大白", "财务部", "2024-03-06", "rejected"),
        ("赵三", "生产部", "2024-03-07", "hired"),
    ]
    assert stated(result)[1]["contact_allowed"] is False
    assert stated(result)[2]["evaluation"] == "不行"
    assert [(i.code, i.raw) for i in result.issues] == [("phone_invalid", "1380000222")]


def test_given_unknown_headers_when_cells_speak_plainly_then_columns_are_still_understood():
    people = [
        [name, f"1380000{i:04}", f"2024-03-{i:02}", "挺好的一个人，做事细致，账目清晰无误" + name]
        for i, name in enumerate(["王小明", "李大白", "赵三", "孙四海"], start=1)
    ]

    columns = read(book_of([["甲", "乙", "丙", "丁"], *people])).columns

    assert [c.field for c in columns] == ["name", "phone", "date", "evaluation"]


def test_given_free_text_with_pay_and_reason_when_read_then_it_is_taken_apart():
    rows = [
        ["人", "哪天", "反馈"],
        ["盛海 产品经理", "2023-09-04", "用户访谈只做了两三个。要16~17K·14薪，岗位取消，不招了"],
        ["吴达 结构工程师", "2023-10-12", "约好没来，也没说一声要11-12K"],
    ]

    first, second = stated(read(book_of(rows)))

    assert (first["name"], first["position"]) == ("盛海", "产品经理")
    assert (first["evaluation"], first["salary_month_min"], first["reason_type"]) == (
        "用户访谈只做了两三个。", 16000, "headcount_frozen",
    )  # fmt: skip
    assert (second["evaluation"], second["salary_raw"]) == ("约好没来，也没说一声", "11-12K")


def test_given_a_table_without_people_when_read_then_it_is_reported_and_nothing_is_taken():
    result = read(book_of([["设备", "数量", "单价"], ["钻床", 2, 100], ["铣床", 3, 200], ["车床", 1, 300]]))

    assert result.records == ()
    assert [issue.code for issue in result.issues] == ["sheet_not_understood"]
