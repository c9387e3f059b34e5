"""message/update_template_card: change cards that are already on phones."""

from __future__ import annotations

import json

from wecom_sandbox.calls import card_rules, params
from wecom_sandbox.calls.messages import check_agent
from wecom_sandbox.calls.registry import Call, Json, answers
from wecom_sandbox.errors import WeComError
from wecom_sandbox.store import Row


@answers("POST", "message/update_template_card")
def update_template_card(call: Call) -> Json:
    """Make the buttons one dead line (`button.replace_name`) or put a new card in place.

    The code is good for one update within 72 hours. Raises 60140 when it is unknown, used, old or another
    app's. Recipients that do not hold the card come back in `invaliduser`; all wrong is 81013.
    """
    check_agent(call)
    code = _code(call)
    holders = {row["userid"].lower(): row for row in _holders(call, code)}
    chosen, invalid = _chosen(call, holders)
    if not chosen:
        raise WeComError(81013)
    button = params.obj(call.body, "button", required=False)
    card = params.obj(call.body, "template_card", required=False)
    if bool(button) == bool(card):
        raise WeComError(40058, "exactly one of button and template_card is needed")
    if button:
        _replace_buttons(call, chosen, params.text(button, "replace_name"))
    else:
        _replace_card(call, chosen, card)
    call.store.run("UPDATE response_codes SET used_at = ? WHERE code = ?", call.now, code["code"])
    return {"invaliduser": invalid}


def _code(call: Call) -> Row:
    given = params.text(call.body, "response_code", missing=60140)
    code = call.store.one("SELECT * FROM response_codes WHERE code = ?", given)
    if code is None or code["used_at"] is not None or code["expires"] <= call.now:
        raise WeComError(60140)
    if code["agentid"] != call.agentid:
        raise WeComError(60140)
    return code


def _holders(call: Call, code: Row) -> list[Row]:
    return call.store.all("SELECT * FROM app_messages WHERE msgid = ? AND recalled = 0", code["msgid"])


def _chosen(call: Call, holders: dict[str, Row]) -> tuple[list[Row], list[str]]:
    if params.flag(call.body, "atall", default=False):
        return list(holders.values()), []
    names = params.strings(call.body, "userids", most=1000)
    parties = params.integers(call.body, "partyids", most=100)
    chosen = {name.lower(): holders[name.lower()] for name in names if name.lower() in holders}
    for key, row in holders.items():
        user = call.store.one("SELECT departments FROM users WHERE userid = ?", row["userid"])
        if user and parties & set(json.loads(user["departments"])):
            chosen[key] = row
    return list(chosen.values()), [name.lower() for name in names if name.lower() not in holders]


def _replace_buttons(call: Call, chosen: list[Row], words: str) -> None:
    for row in chosen:
        if json.loads(row["body"]).get("card_type") not in card_rules.INTERACTIVE:
            raise WeComError(40058, "only interactive cards have buttons to replace")
        call.store.run("UPDATE app_messages SET replaced = ? WHERE id = ?", words, row["id"])


def _replace_card(call: Call, chosen: list[Row], card: Json) -> None:
    """The new card keeps the old task_id when it brings none; `replace_text` kills its buttons at once."""
    words = params.text(card, "replace_text", missing=None) or None
    for row in chosen:
        fresh = {"task_id": json.loads(row["body"]).get("task_id")} | card
        card_rules.check(fresh)
        call.store.run(
            "UPDATE app_messages SET body = ?, replaced = ? WHERE id = ?",
            json.dumps(fresh, ensure_ascii=False),
            words,
            row["id"],
        )
