"""A real WeCom sandbox as a process of its own, the product pointed at it, and a door for its callbacks."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client

from guiyan.channels.wecom import crypto
from tests.recall.scene import NOON, Scene
from tests.recall.story import fresh, told

CORP = "ww0lanchuan0001"
TOKEN = "QDG6eK"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
KEYS = crypto.Keys(TOKEN, AES_KEY, CORP)
USERS = (("wangjianguo", "王建国"), ("lijing", "李静"), ("chenzhiyuan", "陈志远"), ("zhoumin", "周敏"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """Where the sandbox delivers callbacks; the test hands them on to the product when it likes."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, bytes]] = []
        mailbox = self

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = {key: values[0] for key, values in parse_qs(urlsplit(self.path).query).items()}
                plain = crypto.open_verified(
                    KEYS, msg_signature=query["msg_signature"], timestamp=query["timestamp"], nonce=query["nonce"],
                    encrypted=query["echostr"],
                )  # fmt: skip
                self._answer(plain.encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mailbox.posts.append((urlsplit(self.path).query, body))
                self._answer(b"")

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/wecom/callback"

    def wait(self, count: int = 1) -> list[tuple[str, bytes]]:
        """The callbacks, once `count` have come; at most five seconds."""
        end = time.monotonic() + 5
        while len(self.posts) < count and time.monotonic() < end:
            threading.Event().wait(0.02)
        found, self.posts = self.posts, []
        assert len(found) >= count, "the sandbox delivered no callback"
        return found


class Sandbox:
    """The control API of one running sandbox."""

    def __init__(self, port: int, mailbox: Mailbox) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=f"{self.url}/sandbox/api", trust_env=False, timeout=5)
        self.mailbox = mailbox

    def act(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        reply = self.http.post(f"/{path}", json=body or {})
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def see(self, path: str) -> dict[str, Any]:
        reply = self.http.get(f"/{path}")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.see("state")["clock"]["now"], UTC)

    def phone(self, userid: str) -> dict[str, Any]:
        return self.see(f"phones/employee/{userid}")

    def cards(self, userid: str) -> list[dict[str, Any]]:
        return [each for each in self.phone(userid)["messages"] if each["msgtype"] == "template_card"]

    def tasks(self) -> list[dict[str, Any]]:
        return list(self.phone("zhoumin")["tasks"])

    def calls(self, path: str) -> int:
        lines = self.see("journal?limit=500")["lines"]
        return sum(1 for line in lines if line["direction"] == "call" and line["path"] == path)

    def fail(self, path: str, errcode: int, times: int = 1) -> None:
        self.act("faults", {"fail": {"path": path, "errcode": errcode, "times": times}})

    def hand_on(self, client: Client, count: int = 1) -> list[int]:
        """Deliver waiting callbacks to the product; the statuses it answered."""
        return [
            client.post(f"/wecom/callback?{query}", data=body, content_type="text/xml").status_code
            for query, body in self.mailbox.wait(count)
        ]


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    port, mailbox = free_port(), Mailbox()
    directory: Path = tmp_path_factory.mktemp("wecom-sandbox")
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "wecom_sandbox.cli",
            "serve",
            "--port",
            str(port),
            "--data-dir",
            str(directory),
        ]
    )
    sandbox = Sandbox(port, mailbox)
    try:
        for _ in range(300):
            try:
                sandbox.see("state")
                break
            except httpx.TransportError:
                threading.Event().wait(0.1)
        yield sandbox
    finally:
        process.terminate()
        process.wait(10)
        mailbox.server.shutdown()


@pytest.fixture
def sandbox(sandbox_process: Sandbox, settings: Any) -> Sandbox:
    """An empty phone for everybody, the product pointed at it, its clock not before the story's noon."""
    sandbox = sandbox_process
    sandbox.act("reset", {"all": True})
    sandbox.mailbox.posts.clear()
    sandbox.act(
        "setup",
        {
            "corpid": CORP,
            "corp_name": "澜川装备",
            "agents": [{"agentid": 1000002, "secret": "app-secret", "name": "归雁"}],
            "contact_secret": "contact-secret",
            "users": [{"userid": userid, "name": name} for userid, name in USERS],
            "contacts": [
                {"external_userid": "wmZhangRuolan", "name": "张若岚", "follow": [{"userid": "zhoumin"}]},
                {"external_userid": "wmNobody", "name": "路人"},
            ],
            "callback": {"url": sandbox.mailbox.url, "token": TOKEN, "aes_key": AES_KEY},
        },
    )
    behind = int((NOON - sandbox.now()).total_seconds())
    if behind > 0:
        sandbox.act("clock", {"advance_seconds": behind + 1})
    settings.WECOM_BASE_URL = sandbox.url
    settings.WECOM = {
        "corpid": CORP, "agentid": 1000002, "secret": "app-secret", "contact_secret": "contact-secret",
        "callback_token": TOKEN, "callback_aes_key": AES_KEY,
    }  # fmt: skip
    return sandbox


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, int]]:
    """The people and the past of the story, written once for the module."""
    with told(django_db_blocker) as ids:
        yield ids


@pytest.fixture
def scene(story: dict[str, int], db: None) -> Scene:
    """The same people as if nothing had happened yet."""
    return fresh(story)


@pytest.fixture
def now(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The sandbox's moment, which the doors and jobs of the product read too."""
    moment = sandbox.now()
    monkeypatch.setattr("guiyan.platform.clock.now", lambda: moment)
    return moment
