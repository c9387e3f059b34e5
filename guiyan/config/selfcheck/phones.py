"""The two phones of the WeCom sandbox, tapped through its control API."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from guiyan.config.selfcheck.browser import Unexpected

_PATIENCE_S = 240.0  # a killed worker's job is given to another one after one to two minutes
T = TypeVar("T")


class Phones:
    """Employee and candidate phones of one sandbox."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}/sandbox/api", timeout=30, trust_env=False
        )

    def customer_named(self, name: str) -> str:
        """The external_userid of a customer. Raises Unexpected when the sandbox does not know the name."""
        found = [each["external_userid"] for each in self._get("/state")["contacts"] if each["name"] == name]
        if len(found) != 1:
            raise Unexpected(f"the sandbox knows {len(found)} customers called {name}")
        return str(found[0])

    def wait_for_card(self, userid: str, words: str) -> dict[str, Any]:
        """The newest live card on an employee's phone that says `words`, waited for."""

        def look() -> dict[str, Any] | None:
            cards = [
                m for m in self._employee(userid)["messages"] if m["msgtype"] == "template_card" and m["live"]
            ]
            return next((card for card in reversed(cards) if words in str(card["body"])), None)

        return _wait(look, f"no card about {words} on the phone of {userid}")

    def tap_button(self, userid: str, card: dict[str, Any], label: str) -> None:
        """Tap a card's button by its words."""
        for button in card["body"].get("button_list", []):
            if label in button.get("text", ""):
                self._post(f"/phones/employee/{userid}/cards/{card['id']}/click", {"key": button["key"]})
                return
        raise Unexpected(f"the card has no button {label}")

    def wait_for_task(self, userid: str, external_userid: str) -> dict[str, Any]:
        """The waiting mass-message task for a customer, waited for."""

        def look() -> dict[str, Any] | None:
            tasks = [task for task in self._employee(userid)["tasks"] if task["state"] == "waiting"]
            meant = (t for t in tasks if external_userid in {c["external_userid"] for c in t["customers"]})
            return next(meant, None)

        return _wait(look, f"no message to confirm on the phone of {userid}")

    def confirm(self, userid: str, task: dict[str, Any]) -> None:
        """Tap 发送 on a task."""
        self._post(f"/phones/employee/{userid}/groupmsg/{task['msgid']}/confirm", {})

    def wait_for_link(self, external_userid: str) -> tuple[str, dict[str, Any]]:
        """The newest link in a customer's chats with the member who sent it, waited for: (userid, message)."""

        def look() -> tuple[str, dict[str, Any]] | None:
            for chat in self._get(f"/phones/candidate/{external_userid}")["chats"]:
                for message in reversed(chat["messages"]):
                    if message["kind"] == "link":
                        return str(chat["userid"]), message
            return None

        return _wait(look, "no link on the candidate's phone")

    def sent_to(self, userid: str, external_userid: str) -> tuple[int, int]:
        """How many messages a member confirmed for a customer, and how many links the customer got from anybody."""
        tasks = [task for task in self._employee(userid)["tasks"] if task["state"] in {"sent", "waiting"}]
        meant = [t for t in tasks if external_userid in {c["external_userid"] for c in t["customers"]}]
        chats = self._get(f"/phones/candidate/{external_userid}")["chats"]
        return len(meant), sum(said["kind"] == "link" for chat in chats for said in chat["messages"])

    def tap_link(self, external_userid: str, userid: str, message: dict[str, Any]) -> None:
        """The candidate taps the link (the page itself opens in a browser)."""
        self._post(f"/phones/candidate/{external_userid}/chats/{userid}/tap", {"message_id": message["id"]})

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def _employee(self, userid: str) -> dict[str, Any]:
        return self._get(f"/phones/employee/{userid}")

    def _get(self, path: str) -> dict[str, Any]:
        return self._said(self._client.get(path))

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._said(self._client.post(path, json=body))

    @staticmethod
    def _said(answer: httpx.Response) -> dict[str, Any]:
        if answer.status_code != 200:
            raise Unexpected(f"the sandbox answered {answer.status_code}: {answer.text[:300]}")
        said: dict[str, Any] = answer.json()
        return said


def _wait(look: Callable[[], T | None], problem: str) -> T:
    """Look again and again until something is there; after some minutes it is a failure."""
    deadline = time.monotonic() + _PATIENCE_S
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise Unexpected(f"{problem} after {_PATIENCE_S:.0f} s")
        time.sleep(0.1)
    return found
