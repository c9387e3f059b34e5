"""A person's name out of a cell: titles, remarks in brackets, English names, a position written behind it."""

import re
import unicodedata
from dataclasses import dataclass

PLACEHOLDERS = frozenset(
    """测试 test testing 空 （空） (空) 无 暂无 未知 不详 某某 某某某 xxx xx x 待补 待定 待填 待录入 示例 样例
    例子 姓名 名字 none null nil n/a na tbd tba - -- — / \\ ? ？ ？？ ?? 同上 空白 占位 删除 作废 demo sample
    匿名 保密""".split()  # noqa: SIM905 – a list of words reads better as words
)
_TITLES = re.compile(r"(先生|女士|小姐|同学|老师|同志|师傅)$")
_BRACKETS = re.compile(r"[（(【\[<《]([^）)】\]>》]*)[）)】\]>》]")
_CJK = "\u3400-\u9fff\U00020000-\U0002ebef"
_CHINESE = re.compile(rf"[{_CJK}]{{2,4}}")
_MINORITY = re.compile(rf"[{_CJK}]{{1,12}}(·[{_CJK}]{{1,12}}){{1,3}}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*( [A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.\-]*){0,4}")
_POSITION_END = re.compile(
    r"(工程师|经理|主管|专员|助理|总监|主任|会计|出纳|设计师|架构师|调度员|技术员|操作工|"
    r"技师|顾问|代表|内勤|文员|司机|厂长|组长|班长|"
    r"总经理|副总|律师|分析师|产品|开发|测试|运维|销售|采购|行政|前台|hrbp|bp|hr|员|师|工|岗|长)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """`problem` is an issue code or ""; `value` is None when the name must not be used."""

    value: str | None
    problem: str = ""
    remark: str | None = None
    english: str | None = None
    position: str | None = None


def parse_name(raw: str, *, may_hold_position: bool = False) -> Name:
    """Read a name cell. With `may_hold_position`, "张三 测试工程师" also gives the position."""
    text = unicodedata.normalize("NFKC", raw).strip(" \t\r\n\u3000*、,，;；:：.。")
    if not text:
        return Name(None, "no_name")
    if raw.strip().startswith("#") and re.fullmatch(
        r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", text
    ):
        return Name(None, "formula_error")
    if text.lower() in PLACEHOLDERS or re.fullmatch(r"(测试|test|样例|示例)[\dA-Za-z一二三]?", text.lower()):
        return Name(None, "placeholder")
    remarks = [part.strip() for part in _BRACKETS.findall(text) if part.strip()]
    text = _BRACKETS.sub("", text).strip()
    if not text:
        return Name(None, "placeholder", remark="；".join(remarks) or None)
    english = next((part for part in remarks if _LATIN.fullmatch(part)), None)
    remark = "；".join(part for part in remarks if part != english) or None
    if re.search(r"[?？\ufffd□]|锟斤拷|烫烫", text):
        return Name(None, "mojibake", remark, english)
    position = None
    if may_hold_position:
        text, position = split_position(text)
    name = _tidy(text)
    if not looks_like_name(name):
        return Name(None if _hopeless(name) else name, "name_unlikely", remark, english, position)
    return Name(name, "", remark, english, position)


def split_position(text: str) -> tuple[str, str | None]:
    """盛海 产品经理 → ("盛海", "产品经理"); also "盛海-产品经理", "盛海/产品经理"."""
    match = re.fullmatch(
        rf"([{_CJK}·•]{{2,15}}|[A-Za-z .\-]{{3,30}}?)[\s\-—_/|、,，:：]+(\S.*)", text.strip()
    )
    if match and _POSITION_END.search(match.group(2)) and len(match.group(2)) <= 20:
        return match.group(1).strip(), match.group(2).strip()
    return text, None


def looks_like_name(text: str) -> bool:
    """Chinese two to four characters (no job-title ending when four), a dotted minority name, or Latin words."""
    if _CHINESE.fullmatch(text):
        return not (len(text) >= 4 and _POSITION_END.search(text)) and not text.endswith(
            ("部", "合计", "小计")
        )
    return bool(_MINORITY.fullmatch(text) or (_LATIN.fullmatch(text) and 2 <= len(text) <= 40))


def is_position(text: str) -> bool:
    """Does this read like a job title?"""
    return 2 <= len(text) <= 24 and bool(_POSITION_END.search(text))


def _tidy(text: str) -> str:
    text = re.sub(r"[•‧・∙●．]", "·", text)
    text = re.sub(rf"(?<=[{_CJK}])\s*[.。]\s*(?=[{_CJK}])", "·", text)
    text = re.sub(r"\s*·\s*", "·", re.sub(r"\s+", " ", text)).strip()
    if re.search(f"[{_CJK}]", text) and not re.search(r"[A-Za-z]", text):
        text = text.replace(" ", "")
    bare = _TITLES.sub("", text)
    if len(bare) >= 2:
        text = bare
    mixed = re.fullmatch(rf"([{_CJK}]{{2,4}})\s*[A-Za-z]{{2,15}}", text)
    return mixed.group(1) if mixed else text


def _hopeless(text: str) -> bool:
    return (
        not text
        or len(text) > 30
        or bool(re.search(r"\d{3,}", text))
        or not re.search(rf"[{_CJK}A-Za-z]", text)
    )
