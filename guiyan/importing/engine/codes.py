"""Every code a report may carry: what happened and what to do, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """`zh`/`en`: what is wrong. `fix_zh`/`fix_en`: what to do about it."""

    zh: str
    en: str
    fix_zh: str
    fix_en: str


CODES: dict[str, Meaning] = {
    "no_name": Meaning(
        "没有姓名",
        "There is no name.",
        "补上姓名再导入；有电话且与已有的人相同时会自动归到那个人",
        "Add the name, or keep the phone: it joins the person who has it.",
    ),
    "placeholder": Meaning(
        "姓名是占位词，不是人",
        "The name is a placeholder, not a person.",
        "改成真名或删去这一行",
        "Write the real name or delete the row.",
    ),
    "formula_error": Meaning(
        "单元格是公式错误值",
        "The cell holds a formula error.",
        "在表里修好公式或直接填值",
        "Repair the formula or type the value.",
    ),
    "mojibake": Meaning(
        "姓名有乱码/问号",
        "The name holds unreadable characters.",
        "按原始资料改回姓名",
        "Correct the name from the original.",
    ),
    "name_unlikely": Meaning(
        "这一格不像姓名", "This does not look like a name.", "核对这一行的姓名", "Check the name in this row."
    ),
    "phone_invalid": Meaning(
        "电话位数不对",
        "The phone number has the wrong number of digits.",
        "补全 11 位号码再导入",
        "Complete the number and import again.",
    ),
    "phone_precision_lost": Meaning(
        "电话成了科学计数，末几位丢失",
        "The phone was turned into scientific notation; its last digits are lost.",
        "从原系统按文本格式重新导出",
        "Export again with the column as text.",
    ),
    "phone_masked": Meaning(
        "电话被打码，不能当号码用",
        "The phone is masked and cannot be used.",
        "从原系统导出完整号码",
        "Export the full number.",
    ),
    "email_invalid": Meaning(
        "邮箱写法不对", "The e-mail address is malformed.", "改正邮箱", "Correct the address."
    ),
    "date_future": Meaning(
        "日期在将来（疑似手误）", "The date is in the future, probably a slip.", "核对年份", "Check the year."
    ),
    "date_invalid": Meaning("日期不存在", "There is no such day.", "核对日期", "Check the date."),
    "date_unparseable": Meaning(
        "日期认不出", "The date cannot be read.", "写成 2024-03-05 的样子", "Write it like 2024-03-05."
    ),
    "salary_unparseable": Meaning(
        "薪资认不出",
        "The pay cannot be read.",
        "写成 15-18K 或 年薪20万 的样子",
        "Write it like 15-18K or 20万/年.",
    ),
    "salary_unit_unknown": Meaning(
        "薪资没有单位", "The pay has no unit.", "写明 K、万 或 元", "State K, 万 or yuan."
    ),
    "status_unknown": Meaning(
        "结果认不出",
        "The outcome cannot be read.",
        "写成 录用、淘汰、待定、放弃、未到",
        "Use a plain outcome word.",
    ),
    "column_shift": Meaning(
        "列数与表头不符",
        "The row has more or fewer columns than the header.",
        "改好这一行的分隔符再导入",
        "Repair the separators of this row.",
    ),
    "quote_broken": Meaning(
        "引号不成对",
        "A quotation mark is not closed.",
        "补上引号或删去多余的引号",
        "Close or remove the quotation mark.",
    ),
    "sheet_not_understood": Meaning(
        "这张表看不出是什么",
        "This sheet could not be understood.",
        "加上一行表头（至少有姓名）再导入",
        "Add a header row with at least a name column.",
    ),
    "row_not_understood": Meaning(
        "这一行看不出是谁",
        "This row does not say who it is about.",
        "补上姓名或电话",
        "Add a name or a phone number.",
    ),
    "ambiguous_name": Meaning(
        "同名的人不止一个，又没有电话",
        "Several people have this name and there is no phone.",
        "选出是哪一位",
        "Choose which person it is.",
    ),
    "empty_file": Meaning("空文件", "The file is empty.", "重新导出", "Export it again."),
    "corrupt_file": Meaning(
        "文件损坏，请重新导出", "The file is damaged.", "从原系统重新导出", "Export it again from the source."
    ),
    "password_protected": Meaning(
        "文件加密，打不开", "The file is encrypted.", "导出无密码的版本", "Save it without a password."
    ),
    "zip_bomb": Meaning(
        "文件解压后过大",
        "The file unpacks to more than is allowed.",
        "拆成几个小文件再导入",
        "Split it into smaller files.",
    ),
    "zip_bomb_lying_header": Meaning(
        "文件目录谎报大小，解压后过大",
        "The file lies about its unpacked size and is too large.",
        "不要使用这个文件",
        "Do not use this file.",
    ),
    "xxe": Meaning(
        "文件含外部实体，已拒收",
        "The file contains document entities and was refused.",
        "用 Excel 另存后再导入",
        "Save it again with Excel.",
    ),
    "too_large": Meaning(
        "表太大", "The table is too large.", "拆成几个小文件再导入", "Split it into smaller files."
    ),
    "zip_slip": Meaning(
        "压缩包里有越界路径",
        "The archive holds a path that leads outside.",
        "不要使用这个文件",
        "Do not use this file.",
    ),
    "old_excel": Meaning(
        "旧版 .xls/.doc 格式", "This is the old .xls/.doc format.", "另存为 .xlsx 再导入", "Save it as .xlsx."
    ),
    "wrong_extension_ole": Meaning(
        "真身是旧版 Word/Excel 文件，扩展名不对",
        "This is really an old Word or Excel file with another ending.",
        "用 Word 或 Excel 打开，另存为新格式",
        "Open it with Word or Excel and save it in the new format.",
    ),
    "wrong_extension_html": Meaning(
        "真身是网页，扩展名不对",
        "This is really a web page with another ending.",
        "从原系统导出 .xlsx 或 .csv",
        "Export .xlsx or .csv from the source.",
    ),
    "wrong_kind": Meaning(
        "不是表格文件", "This is not a table.", "请上传 .xlsx 或 .csv", "Upload .xlsx or .csv."
    ),
    "took_too_long": Meaning(
        "读这个文件用时或内存超限",
        "Reading took too long or too much memory.",
        "拆成几个小文件再导入",
        "Split it into smaller files.",
    ),
    "reading_failed": Meaning(
        "读文件时出错",
        "Reading the file failed.",
        "用 Excel 另存后再导入；仍不行请联系我们",
        "Save it again with Excel; if it fails again, tell us.",
    ),
}


def explain(code: str) -> Meaning:
    """The words for a code. Raises KeyError for a code that nobody wrote words for (a bug)."""
    return CODES[code]
