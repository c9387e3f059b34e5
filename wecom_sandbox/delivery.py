"""The postman: takes events from the outbox and posts them, encrypted, until the program answers 200.

5 seconds per try, 3 tries; a retry repeats the same bytes. A URL must first prove itself (echostr); until it
does, events wait and lose no try. Restarting the sandbox goes on where the outbox stands.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

import httpx

from wecom_sandbox import crypto, journal
from wecom_sandbox.store import Row, Store

TRIES = 3
TIMEOUT = 5.0
RETRY_AFTER = 5.0  # seconds of real time
IDLE = 1.0


async def verify_url(store: Store, client: httpx.AsyncClient) -> str:
    """Ask the configured URL to decrypt a random number; "" when it did, else why not."""
    with store.transaction():
        callback, corpid = store.get("callback"), store.get("corp", {}).get("corpid", "")
        timestamp = str(store.now())
    if not callback:
        return "no callback is configured"
    plain = str(secrets.randbelow(10**19)).zfill(19)
    echo = crypto.encrypt(plain, key=callback["aes_key"], receive_id=corpid)
    reason = ""
    try:
        reply = await client.get(
            callback["url"],
            params=_signed(callback["token"], timestamp, echo) | {"echostr": echo},
            timeout=TIMEOUT,
        )
        if reply.status_code != 200 or reply.text != plain:
            reason = f"HTTP {reply.status_code}, the body is not the decrypted echostr"
    except httpx.HTTPError as error:
        reason = f"{type(error).__name__}: {error}"
    with store.transaction():
        known = store.get("callback_error")
        if reason != known:
            store.set("callback_error", reason)
            journal.write(
                store,
                direction="callback",
                path=callback["url"],
                note="verify",
                errcode=1 if reason else 0,
                request={"echostr": journal.HIDDEN},
                response=reason or "ok",
            )
    return reason


def _signed(token: str, timestamp: str, encrypted: str) -> dict[str, str]:
    nonce = secrets.token_hex(8)
    mark = crypto.signature(token=token, timestamp=timestamp, nonce=nonce, encrypted=encrypted)
    return {"msg_signature": mark, "timestamp": timestamp, "nonce": nonce}


class Postman:
    """One background task per running sandbox."""

    def __init__(self, store: Store, client: httpx.AsyncClient, *, retry_after: float = RETRY_AFTER) -> None:
        self._store = store
        self._client = client
        self._retry_after = retry_after
        self._awake = asyncio.Event()

    def wake(self) -> None:
        self._awake.set()

    async def work(self) -> None:
        """Deliver for ever; cancelled at shutdown."""
        while True:
            self._awake.clear()
            while await self.deliver_one():
                pass
            try:
                await asyncio.wait_for(self._awake.wait(), IDLE)
            except TimeoutError:
                continue

    async def deliver_one(self) -> bool:
        """Try the next due event. False when nothing is due or the URL has not proved itself yet."""
        with self._store.transaction():
            row = self._next()
        if row is None:
            return False
        if self._unproven() and await verify_url(self._store, self._client):
            return False
        with self._store.transaction():
            callback = self._store.get("callback")
            if not callback:  # somebody reset the sandbox meanwhile
                return False
            row = self._sealed(row, callback)
        outcome = await self._post(row, callback["url"])
        with self._store.transaction():
            self._note(row, outcome)
        return True

    def _unproven(self) -> bool:
        with self._store.transaction():
            return bool(self._store.get("callback_error") != "")

    def _next(self) -> Row | None:
        newest_first = "DESC" if self._store.get("reorder_callbacks", False) else "ASC"
        return self._store.one(
            f"SELECT * FROM outbox WHERE state = 'waiting' AND due_at <= ? ORDER BY id {newest_first} LIMIT 1",  # noqa: S608
            self._store.real_now(),
        )

    def _sealed(self, row: Row, callback: dict[str, str]) -> Row:
        """Encrypt once; retries and duplicates repeat the same bytes."""
        if row["body"]:
            return row
        corpid = self._store.get("corp", {}).get("corpid", "")
        secret = crypto.encrypt(row["plain"], key=callback["aes_key"], receive_id=corpid)
        body = (
            f"<xml><ToUserName><![CDATA[{corpid}]]></ToUserName><AgentID><![CDATA[{row['agentid']}]]></AgentID>"
            f"<Encrypt><![CDATA[{secret}]]></Encrypt></xml>"
        )
        query = json.dumps(_signed(callback["token"], str(self._store.now()), secret))
        self._store.run("UPDATE outbox SET query = ?, body = ? WHERE id = ?", query, body, row["id"])
        sealed = self._store.one("SELECT * FROM outbox WHERE id = ?", row["id"])
        return sealed if sealed is not None else row

    async def _post(self, row: Row, url: str) -> str:
        """Empty when the program took it, else why not."""
        try:
            reply = await self._client.post(
                url,
                params=json.loads(row["query"]),
                content=row["body"].encode(),
                headers={"content-type": "text/xml; charset=utf-8"},
                timeout=TIMEOUT,
            )
        except httpx.HTTPError as error:
            return f"{type(error).__name__}: {error}"
        return "" if reply.status_code == 200 else f"HTTP {reply.status_code}"

    def _note(self, row: Row, failure: str) -> None:
        tries = row["tries"] + 1
        copies_left = row["copies"] + 1 <= int(self._store.get("duplicate_callbacks", 0))
        state = (
            "waiting" if (tries < TRIES if failure else copies_left) else ("given_up" if failure else "done")
        )
        self._store.run(
            "UPDATE outbox SET state = ?, tries = ?, copies = ?, due_at = ? WHERE id = ?",
            state,
            tries if failure else 0,
            row["copies"] + (0 if failure else 1),
            self._store.real_now() + (self._retry_after if failure else 0),
            row["id"],
        )
        journal.write(
            self._store,
            direction="callback",
            path=_event_name(row["plain"]),
            note=f"{tries}/{TRIES}" if failure else "",
            errcode=1 if failure else 0,
            request=journal.without_secret_tags(row["plain"]),
            response=failure or "HTTP 200",
        )


def _event_name(plain: str) -> str:
    """`change_external_contact/add_external_contact`, for the journal."""
    parts = [_between(plain, name) for name in ("Event", "ChangeType")]
    return "/".join(part for part in parts if part)


def _between(plain: str, name: str) -> str:
    _, _, rest = plain.partition(f"<{name}><![CDATA[")
    return rest.partition("]]>")[0]


def waiting(store: Store) -> dict[str, Any]:
    """Counts for /sandbox/api/state."""
    rows = store.all("SELECT state, count(*) AS n FROM outbox GROUP BY state")
    found = {row["state"]: row["n"] for row in rows}
    return {name: found.get(name, 0) for name in ("waiting", "done", "given_up")}
