"""What people read: Chinese and English, exact to the minute."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polib
import pytest
from django.utils.translation import override

import guiyan.approvals
from guiyan.approvals import commands, queries
from guiyan.approvals.engine.why import SENTENCES
from guiyan.approvals.words import answer_words, due_words, moment_words, title, what_holds, why_words
from guiyan.platform.testkit.people import acting

ROOM = Path(guiyan.approvals.__file__).parent
NOW = datetime(2026, 11, 23, 1, 57, tzinfo=UTC)  # 09:57 in Shanghai


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        (NOW + timedelta(hours=1, minutes=34), "剩 1 小时 34 分", "1 h 34 min left"),
        (NOW + timedelta(hours=8), "今天 17:57 前", "by 17:57 today"),
        (NOW + timedelta(hours=24), "明天 09:57 前", "by 09:57 tomorrow"),
        (NOW + timedelta(days=4), "2026-11-27 前", "by 2026-11-27"),
        (NOW - timedelta(minutes=5), "已超时 5 分钟", "5 minutes overdue"),
        (None, "", ""),
    ],
)
def test_given_a_deadline_when_shown_then_as_precise_as_it_is_near(due, zh, en):
    with override("zh-hans"):
        assert due_words(due, NOW) == zh
    with override("en"):
        assert due_words(due, NOW) == en


@pytest.mark.parametrize(
    ("at", "zh"),
    [
        (NOW - timedelta(minutes=45), "09:12"),
        (NOW - timedelta(days=1), "昨天 09:57"),
        (NOW - timedelta(days=3), "2026-11-20"),
        (None, ""),
    ],
)
def test_given_a_moment_when_shown_then_the_day_is_said_only_when_it_was_another(at, zh):
    with override("zh-hans"):
        assert moment_words(at, NOW) == zh


def test_given_an_answer_when_shown_then_its_words_are_quoted():
    with override("zh-hans"):
        assert answer_words("APPROVED", "信息已核对，授权有效。") == "同意：「信息已核对，授权有效。」"
        assert answer_words("REJECTED", "") == "拒绝"
        assert what_holds("APPROVED", "李静", NOW) == "李静已同意，11月23日（周一）09:57。"
        assert what_holds("WITHDRAWN", "", NOW) == "申请已撤回，11月23日（周一）09:57。"


def test_given_every_reason_of_the_engine_when_shown_then_it_has_words_in_both_languages():
    for code, sentence in SENTENCES.items():
        with override("en"):
            assert why_words({"code": code}) == sentence
        with override("zh-hans"):
            assert why_words({"code": code}) != sentence
    assert why_words({"code": "from a later version"}) == ""


def test_given_the_catalogue_when_read_then_no_sentence_is_empty_or_uncertain():
    catalogue = polib.pofile(str(ROOM / "locale/zh_Hans/LC_MESSAGES/django.po"))

    assert [entry.msgid for entry in catalogue if not entry.msgstr or entry.fuzzy] == []


@pytest.mark.parametrize("path", sorted((ROOM / "flows").glob("*.json")), ids=lambda path: path.stem)
def test_given_a_flow_we_ship_when_shown_in_chinese_then_every_word_of_it_is(path):
    import json

    flow = json.loads(path.read_text("utf-8"))
    told = [flow["title"], *(field["title"] for field in flow["fields"])]
    told += [node[key] for node in flow["nodes"] for key in ("title", "question")]
    with override("zh-hans"):
        assert [words for words in told if title(words) == words] == []


@pytest.mark.django_db
def test_given_the_story_when_the_head_looks_then_the_picture_is_the_one_of_the_design(office):
    instance = office.ask(now=NOW - timedelta(minutes=45))
    commands.decide(
        actor=acting(office.hr), task_id=office.task(instance, office.hr).pk, verdict="approve",
        comment="信息已核对，授权有效。", now=NOW - timedelta(minutes=26),
    )  # fmt: skip

    with override("zh-hans"):
        view = queries.instance_view(actor=acting(office.head), instance_id=instance.pk, now=NOW)

    assert [(line.name, line.role, line.words, line.when, line.state) for line in view.lines] == [
        ("王建国", "", "发起", "09:12", "done"),
        ("李静", "人事经理", "同意：「信息已核对，授权有效。」", "09:31", "done"),
        ("陈志远", "业务负责人", "等您处理", "已等 26 分钟", "now"),
        ("周敏", "招聘专员", "收到要点，联系候选人", "", ""),
    ]


@pytest.mark.django_db
def test_given_a_withdrawn_request_when_looked_at_then_who_ended_it_is_said(office):
    instance = office.ask()
    commands.withdraw(actor=acting(office.boss), instance_id=instance.pk, comment="另有人选", now=office.now)

    with override("zh-hans"):
        view = queries.instance_view(actor=acting(office.hr), instance_id=instance.pk, now=office.now)

    assert [(line.name, line.words, line.state) for line in view.lines] == [
        ("王建国", "发起", "done"),
        ("李静", "不用处理了", ""),
        ("王建国", "已撤回：「另有人选」", "no"),
    ]


@pytest.mark.django_db
def test_given_an_urged_task_when_the_inbox_is_read_then_the_line_says_so(office):
    instance = office.ask()
    commands.urge(actor=acting(office.boss), instance_id=instance.pk, now=office.now)

    with override("zh-hans"):
        (line,) = queries.waiting_lines(actor=acting(office.hr), now=office.now)

    assert (line.title, line.tag, line.tone, line.hot) == ("召回张若岚", "催办", "wait", False)
