"""What makes a template card acceptable. Display lengths that WeCom only suggests are not refused."""

from __future__ import annotations

import re

from wecom_sandbox.calls import params
from wecom_sandbox.calls.registry import Json
from wecom_sandbox.errors import WeComError

NOTICES = frozenset({"text_notice", "news_notice"})
INTERACTIVE = frozenset({"button_interaction", "vote_interaction", "multiple_interaction"})
_TASK_ID = re.compile(r"[0-9A-Za-z_\-@]+")
KEY_BYTES = 1024
URL_BYTES = 2048


def check(card: Json) -> None:
    """Raises 40008 (unknown card_type), 42014 (task_id), 40063 or 40058 (content) with the field named."""
    kind = params.text(card, "card_type", missing=40008)
    if kind not in NOTICES | INTERACTIVE:
        raise WeComError(40008, "invalid template_card.card_type")
    if kind in INTERACTIVE or card.get("action_menu") or card.get("task_id"):
        check_task_id(card)
    _common(card)
    if kind in NOTICES:
        _notice(card)
    elif kind == "button_interaction":
        _buttons(card)
    elif kind == "vote_interaction":
        _question(params.obj(card, "checkbox"), most=20)
        _submit(card)
    else:
        for question in params.objects(card, "select_list", least=1, most=3):
            _question(question, most=10)
        _submit(card)


def check_task_id(card: Json) -> None:
    task_id = params.text(card, "task_id", missing=42014)
    if params.size(task_id) > 128 or not _TASK_ID.fullmatch(task_id):
        raise WeComError(42014, "task_id allows [0-9A-Za-z_-@], at most 128 bytes")


def _common(card: Json) -> None:
    for row in params.objects(card, "horizontal_content_list", most=6):
        params.text(row, "keyname")
        if params.integer(row, "type", 0) == 1:
            _url(row, "horizontal_content_list.url")
    for jump in params.objects(card, "jump_list", most=3):
        params.text(jump, "title")
        if params.integer(jump, "type", 0) == 1:
            _url(jump, "jump_list.url")
    if card.get("action_menu"):
        for action in params.objects(params.obj(card, "action_menu"), "action_list", least=1, most=3):
            params.text(action, "text")
            _key(action)
    if card.get("card_action"):
        action = params.obj(card, "card_action")
        if params.integer(action, "type", 0) == 1:
            _url(action, "card_action.url")


def _notice(card: Json) -> None:
    if params.integer(params.obj(card, "card_action"), "type", 0) not in {1, 2}:
        raise WeComError(40058, "card_action.type must be 1 or 2")
    _need_title(card)
    if card["card_type"] == "news_notice" and not (card.get("card_image") or card.get("image_text_area")):
        raise WeComError(40063, "missing card_image or image_text_area")
    if card["card_type"] == "news_notice":
        params.objects(card, "vertical_content_list", most=4)


def _need_title(card: Json) -> None:
    title = params.obj(card, "main_title", required=False).get("title")
    if not title and not card.get("sub_title_text"):
        raise WeComError(40063, "missing main_title.title or sub_title_text")


def _buttons(card: Json) -> None:
    _need_title(card)
    for button in params.objects(card, "button_list", least=1, most=6):
        params.text(button, "text")
        if params.integer(button, "style", 1) not in {1, 2, 3, 4}:
            raise WeComError(40058, "button_list.style must be 1 to 4")
        if params.integer(button, "type", 0) == 1:
            _url(button, "button_list.url")
        else:
            _key(button)
    if card.get("button_selection"):
        _question(params.obj(card, "button_selection"), most=10)


def _question(question: Json, *, most: int) -> None:
    params.text(question, "question_key")
    for option in params.objects(question, "option_list", least=1, most=most):
        if params.size(params.text(option, "id")) > 128:
            raise WeComError(40058, "option id exceeds 128 bytes")
        params.text(option, "text")


def _submit(card: Json) -> None:
    submit = params.obj(card, "submit_button")
    params.text(submit, "text")
    _key(submit)


def _key(item: Json) -> None:
    if params.size(params.text(item, "key")) > KEY_BYTES:
        raise WeComError(40058, f"key exceeds {KEY_BYTES} bytes")


def _url(item: Json, name: str) -> None:
    url = params.text(item, "url")
    if params.size(url) > URL_BYTES:
        raise WeComError(40058, f"{name} exceeds {URL_BYTES} bytes")
    if not url.startswith(("http://", "https://")):
        raise WeComError(40058, f"{name} must begin with http:// or https://")
