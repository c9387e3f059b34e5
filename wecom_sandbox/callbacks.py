"""Events for the program under test: written to the outbox in the transaction that caused them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from wecom_sandbox.store import Store

Fields = Mapping[str, object]


def event_xml(fields: Fields) -> str:
    """The decrypted body of an event. Strings are CDATA, numbers bare, mappings nested, lists repeated."""
    return f"<xml>{_inner(fields)}</xml>"


def _inner(fields: Fields) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, Mapping):
        content = _inner(value)
    elif isinstance(value, int):
        content = str(value)
    else:
        content = _cdata(str(value))
    return f"<{name}>{content}</{name}>"


def _cdata(text: str) -> str:
    return escape(text) if "]]>" in text else f"<![CDATA[{text}]]>"


def queue(store: Store, *, agentid: int, sender: str, event: str, fields: Fields) -> None:
    """Queue one event for the configured URL; without one, nothing happens, as in a company that set none."""
    if not store.get("callback"):
        return
    now = store.now()
    head: dict[str, object] = {
        "ToUserName": store.get("corp", {}).get("corpid", ""),
        "FromUserName": sender,
        "CreateTime": now,
        "MsgType": "event",
        "Event": event,
    }
    store.run(
        "INSERT INTO outbox (agentid, plain, created, due_at) VALUES (?, ?, ?, ?)",
        agentid,
        event_xml(head | dict(fields)),
        now,
        store.real_now(),
    )


def queue_contact_change(
    store: Store, *, change: str, userid: str, external_userid: str, **extra: str
) -> None:
    """change_external_contact, sent to the first app that may use customer contact. Empty extras are left out."""
    row = store.one("SELECT agentid FROM agents WHERE external_contact = 1 ORDER BY agentid LIMIT 1")
    fields: dict[str, object] = {"ChangeType": change, "UserID": userid, "ExternalUserID": external_userid}
    queue(
        store,
        agentid=int(row["agentid"]) if row else 0,
        sender="sys",
        event="change_external_contact",
        fields=fields | {name: value for name, value in extra.items() if value},
    )
