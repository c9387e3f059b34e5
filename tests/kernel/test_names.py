import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel.names import (
    PersonName,
    clean_name,
    display_english,
    display_pinyin,
    initials,
    mask_name,
    pinyin_variants,
    plain_pinyin,
    salutation,
    sound_key,
    sound_keys,
    split_name,
    surname_readings,
)


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("张若岚", "张", "若岚"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("上官", "上官", ""),
        ("万俟卨", "万俟", "卨"),
        ("单雄信", "单", "雄信"),
        ("阿依古丽·买买提", "", "阿依古丽·买买提"),
        ("巴特尔乌力吉", "", "巴特尔乌力吉"),
        ("Tom Lee", "Lee", "Tom"),
        ("  解 晓东（女） ", "解", "晓东"),
        ("李静女士", "李", "静"),
    ],
)
def test_given_a_name_when_split_then_surname_and_given_name_are_right(name, surname, given):
    assert split_name(name) == PersonName(clean_name(name), surname, given)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张若岚", "Zhāng Ruòlán"),
        ("曾小贤", "Zēng Xiǎoxián"),
        ("单雄信", "Shàn Xióngxìn"),
        ("仇英", "Qiú Yīng"),
        ("查良镛", "Zhā Liángyōng"),
        ("翟天临", "Zhái Tiānlín"),
        ("解晓东", "Xiè Xiǎodōng"),
        ("尉迟恭", "Yùchí Gōng"),
        ("Tom Lee", "Tom Lee"),
    ],
)
def test_given_a_treacherous_surname_when_shown_in_pinyin_then_it_is_read_as_a_surname(name, shown):
    assert display_pinyin(name) == shown


def test_given_a_name_when_typed_without_tones_then_plain_and_initials_are_known():
    assert plain_pinyin("张若岚") == "zhangruolan"
    assert initials("张若岚") == "zrl"
    assert plain_pinyin("吕绿") == "lvlv"
    assert initials("上官然思") == "sgrs"
    assert pinyin_variants("单雄信") == [(("shan",), ("xiong", "xin")), (("dan",), ("xiong", "xin"))]
    assert surname_readings("曾") == ("zēng", "céng")
    assert surname_readings("") == ()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("邹炉", "周璐"),
        ("曲兰", "曲楠"),
        ("宇文初项", "宇文初翔"),
        ("施涂悦红", "司徒悦红"),
        ("苏维滨", "苏维彬"),
        ("郑闽永", "郑明勇"),
        ("樊慧", "方辉"),
        ("房蔓雨", "范蔓雨"),
        ("冯丽", "洪丽"),
    ],
)
def test_given_a_misheard_name_when_keyed_then_it_meets_the_right_one(said, meant):
    assert set(sound_keys(said)) & set(sound_keys(meant))


def test_given_different_sounds_when_keyed_then_they_stay_apart():
    assert not set(sound_keys("张若岚")) & set(sound_keys("王若岚"))
    assert sound_key(("zhang", "ruo", "lan")) == "zan-ruo-lan"


def test_given_gender_is_known_when_greeting_then_the_surname_carries_the_title():
    assert salutation("张若岚", "F") == "张女士"
    assert salutation("欧阳锋", "M") == "欧阳先生"
    assert salutation("张若岚") == "张若岚"
    assert salutation("张若岚", "F", "en") == "Ms. Zhang"
    assert salutation("张若岚", None, "en") == "Ruolan Zhang"
    assert salutation("巴特尔乌力吉", "M") == "巴特尔乌力吉"
    assert display_english("张若岚") == "Ruolan Zhang"


def test_given_a_name_when_hidden_then_only_the_surname_remains():
    assert mask_name("张若岚") == "张**"
    assert mask_name("欧阳娜") == "欧阳*"


@given(st.text(max_size=20))
def test_given_any_text_when_treated_as_a_name_then_nothing_breaks_and_parts_make_the_whole(text):
    parts = split_name(text)
    if parts.surname and not parts.full.isascii() and " " not in parts.full:
        assert parts.surname + parts.given == parts.full
    assert clean_name(clean_name(text)) == clean_name(clean_name(clean_name(text)))
    plain_pinyin(text)
    sound_keys(text)
    mask_name(text)
