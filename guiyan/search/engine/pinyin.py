"""Is a Latin word pinyin? By the table of initials and finals."""

import re

_FINALS = "iang iong uang ang eng ing ong ian iao uai uan ai an ao ei en er ia ie in iu ou ua ue ui un uo ve a e i o u v"
_SYLLABLE = rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:{'|'.join(_FINALS.split())})|a|ai|an|ang|ao|e|en|er|o|ou"
_WHOLE = re.compile(rf"(?:{_SYLLABLE})+")
_ABBREVIATED = re.compile(
    rf"(?:{_SYLLABLE})[bpmfdtnlgkhjqxrzcsywaeo]{{1,3}}|[bpmfdtnlgkhjqxrzcsywaeo]{{2,4}}"
)


def is_pinyin(word: str) -> bool:
    """zhangruolan, guigl, zrl: whole syllables, a surname with initials, or two to four initials."""
    return len(word) > 1 and bool(_WHOLE.fullmatch(word) or _ABBREVIATED.fullmatch(word))


def is_whole_pinyin(word: str) -> bool:
    """Whole syllables only."""
    return bool(_WHOLE.fullmatch(word))
