"""Small readings of plain text: lists, people, wishes, gender, opt-outs, formula-like beginnings."""

import re
import unicodedata

_NOTHING = frozenset(
    {"", "-", "--", "—", "/", "无", "暂无", "空", "none", "null", "nil", "n/a", "na", "nan", "\\"}
)
_WISH = re.compile(
    r"(希望|想|期望|期待|要求|最好|盼|愿意|可接受|不接受|不考虑|只考虑|只看|必须|优先考虑|能否)"
)
_NO_CONTACT = re.compile(
    r"(不要|请勿|勿|别|不许|禁止|停止)(再)?(给我|跟我|向我|和我)?(联系|打电话|发消息|"
    r"发短信|骚扰|推荐|打扰|打给)|拒绝(再|被)?(联系|打扰|沟通)|退订|不再联系|"
    r"不想再?被?(联系|打扰)|删(除|掉)我的"
)
_FOR_NOW = re.compile(
    r"(这周|本周|这两天|最近|暂时|先|今天|现在|老号|旧号|原号|这个号|上班时间|工作时间|"
    r"白天|晚上|月底前|年前|节前)[^。；;]{0,8}(不要|请勿|勿|别)"
)


def says_nothing(text: str) -> bool:
    """Dashes, "无" and the like."""
    return text.strip().lower() in _NOTHING


def split_list(text: str, *, marks: str) -> list[str]:
    """Pieces between any of the marks, trimmed, without empty ones and dashes."""
    pieces = re.split(f"[{re.escape(marks)}]+", text)
    return [piece.strip() for piece in pieces if not says_nothing(piece)]


def split_people(text: str) -> list[str]:
    """Interviewers in one cell. Spaces separate Chinese names, not the parts of a Latin one."""
    bare = re.sub(r"[（(][^）)]*[）)]", "", unicodedata.normalize("NFKC", text))
    people: list[str] = []
    for piece in re.split(
        r"[、,，/;；|&＋+\n]+|\s和\s|(?<=[\u4e00-\u9fff])(?:和|与)(?=[\u4e00-\u9fff]{2,4}$)", bare
    ):
        words = piece.split()
        if len(words) > 1 and all(re.search(r"[\u4e00-\u9fff]", word) for word in words):
            people += words
        elif piece.strip():
            people.append(" ".join(words))
    return [person for person in people if not says_nothing(person)]


def is_wish(text: str) -> bool:
    """Does a remark say what the candidate wants?"""
    return bool(_WISH.match(text.strip())) and len(text) <= 60


def parse_gender(text: str) -> str | None:
    """ "M", "F" or None."""
    word = text.strip().lower()
    if word in {"男", "m", "male", "男性", "先生", "♂"}:
        return "M"
    return "F" if word in {"女", "f", "female", "女性", "女士", "♀"} else None


def is_private(text: str) -> bool:
    """Family, health or faith: not asked for by recruiting, so not kept (PIPL: only what the purpose needs)."""
    return bool(re.search(r"婚|离异|丧偶|单身|孕|二胎|育|残疾|病|党员|团员|宗教|信教|民族|籍贯", text))


def asks_no_contact(text: str) -> bool:
    """A lasting wish not to be contacted. "这周先别联系我" and "老号别打了" are not that."""
    return bool(_NO_CONTACT.search(text)) and not _FOR_NOW.search(text)


def starts_like_formula(text: str) -> bool:
    """Would a spreadsheet take this text for a formula? (signs with nothing or a number behind are not meant)"""
    bare = text.lstrip()
    if not bare or bare[0] not in "=+-@＝＋－＠\t\r":
        return False
    return not re.fullmatch(r"[+\-]?[\d\s,.\-%]*", unicodedata.normalize("NFKC", bare))
