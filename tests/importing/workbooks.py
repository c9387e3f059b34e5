"""Small generated files of the kinds people keep their history in – other companies, other words than any sample."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from guiyan.importing.engine.model import FileResult
from guiyan.importing.engine.reading import read_file

TODAY = date(2026, 11, 23)
GREEN, RED, YELLOW, GREY = "FF92D050", "FFFF0000", "FFFFFF00", "FFBFBFBF"


def read(data: bytes, name: str = "表.xlsx") -> FileResult:
    return read_file(name, data, today=TODAY)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def paint(sheet: Worksheet, reference: str, colour: str) -> None:
    sheet[reference].fill = PatternFill("solid", fgColor=colour)


LEDGER_HEAD = [
    "编号", "候选人姓名", "联系方式", "求职岗位", "面谈日期",
    "主面试官", "面谈纪要", "意向月薪(千)", "没要的原因",
]  # fmt: skip


def monthly_ledger() -> bytes:
    """Two-storeyed header, a legend, merged days, a hidden pay column, comments, totals – nothing named as elsewhere."""
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = "图例"
    notes["A1"] = "底色：蓝色表示录用，橙色代表不通过；紫=再看看"
    sheet = book.create_sheet("23年11月")
    sheet.append(["苏州远岚精密 面谈情况登记 2023年11月"])
    sheet.merge_cells("A1:I1")
    sheet.append(["候选人信息", None, None, None, "面谈", None, None, None, "跟进"])
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("E2:H2")
    sheet.append(LEDGER_HEAD)
    sheet.append(
        [1, "顾 小北", "139 1234 5678", "结构工程师", "3日", "唐总/贺工", "思路清楚，画图快", 18, None]
    )
    sheet.append(
        [
            2,
            "哈斯·巴雅尔",
            "+8613700001111",
            "测试工程师",
            None,
            "贺工",
            "=没做过自动化",
            "20-22",
            "岗位先不招了",
        ]
    )
    sheet.append([3, "米佳（离异）", 13600002222, "采购主管", "11/9", "唐总", "还行", "面议", "等通知"])
    sheet.append(["本周合计", "=COUNTA(B4:B6)"])
    sheet.append([None] * 9)
    sheet.append([4, "无", None, None, None, None, None, None, None])
    sheet.merge_cells("E4:E5")
    for reference, colour in (("B4", "FF00B0F0"), ("B5", "FFFFC000"), ("B6", "FF7030A0")):
        paint(sheet, reference, colour)
    sheet["C4"].comment = Comment("小吴：新号 13888886666 已换", "小吴")
    sheet.column_dimensions["H"].hidden = True
    return saved(book)


def cards() -> bytes:
    """One small form per person, without blank rows between them and with other labels."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for name, phone, job, words, result in (
        ("闻人初", "13911112222", "财务经理", "账务扎实，沟通一般", "未通过，原因：薪资谈不拢"),
        ("卓玛", "13911113333", "出纳", "细心", "录用"),
        ("Alan Turner", "+44 7911 123456", "海外销售", "英文好", "待定"),
    ):
        sheet.append(["候选人面谈表", None, None, None])
        sheet.append(["姓名：", name, "手机", phone])
        sheet.append(["应聘职位", job, "面试时间", date(2024, 5, 6)])
        sheet.append(["面试评语", words])
        sheet.append(["面试结论", result])
    return saved(book)


def sideways() -> bytes:
    """Labels down the first column, one person per column."""
    return book_of(
        [
            ["2024年6月 复试对比"],
            ["姓名", "江一帆", "蒋二白", "姜三"],
            ["电话", "13500001111", "13500002222", "13500003333"],
            ["岗位", "车间主任", "车间主任", "车间主任"],
            ["面试日期", "6月3日", "6月4日", "6月4日"],
            ["期望薪资", "12K", "年薪18万", "1.5万"],
            ["面试评价", "带过大班组", "懂设备", "偏理论"],
            ["结果", "录用", "淘汰", "淘汰"],
        ],
        "对比",
    )


def text_table(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def zip_of(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def minimal_xlsx(sheet_xml: bytes, *, workbook_xml: bytes | None = None) -> dict[str, bytes]:
    """The fewest parts a workbook needs, with a sheet of one's own writing."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pack = b"http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "_rels/.rels": b'<Relationships xmlns="' + pack + b'"><Relationship Id="r1" Type="' + rel
        + b'/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook_xml
        or b'<workbook xmlns="' + main + b'" xmlns:r="' + rel + b'">'
        b'<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="' + pack + b'"><Relationship Id="r1" Type="' + rel
        + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }  # fmt: skip
