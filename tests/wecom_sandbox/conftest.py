"""A sandbox over real HTTP semantics, on a fixed clock that only `advance` moves."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import defusedxml.ElementTree
import pytest
from starlette.testclient import TestClient

from wecom_sandbox import crypto
from wecom_sandbox.app import build_app

NOON = 1_795_406_400  # 2026-11-23 12:00 in China
CORP = "ww0lanchuan0001"
TOKEN = "QDG6eK"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
SETUP = {
    "corpid": CORP,
    "corp_name": "澜川装备",
    "corp_full_name": "澜川智能装备（苏州）有限公司",
    "agents": [{"agentid": 1000002, "secret": "app-secret", "name": "归雁"}],
    "contact_secret": "contact-secret",
    "departments": [{"id": 1, "name": "澜川装备", "parentid": 0}, {"id": 2, "name": "招聘", "parentid": 1}],
    "users": [
        {
            "userid": "ZhouMin",
            "name": "周敏",
            "position": "招聘专员",
            "department": [2],
            "mobile": "13800000001",
        },
        {"userid": "WangJianGuo", "name": "王建国", "position": "总经理", "department": [1]},
    ],
    "contacts": [
        {
            "external_userid": "wmZhang",
            "name": "张若岚",
            "follow": [{"userid": "ZhouMin", "remark": "供应链 张若岚"}],
        },
        {"external_userid": "wmLi", "name": "李想", "corp_name": "远方", "follow": [{"userid": "ZhouMin"}]},
        {"external_userid": "wmNew", "name": "新人"},
    ],
}


class Sandbox:
    """One running app: `call` speaks the protocol, `act` and `see` the control API."""

    def __init__(self, http: TestClient) -> None:
        self.http = http
        self._token = ""

    def token(self, secret: str = "app-secret") -> str:  # noqa: S107 - invented here
        reply = self.http.get("/cgi-bin/gettoken", params={"corpid": CORP, "corpsecret": secret}).json()
        assert reply["errcode"] == 0, reply
        answer: str = reply["access_token"]
        return answer

    def call(self, path: str, body: dict | None = None, *, token: str | None = None, **query) -> dict:
        """A POST when there is a body, else a GET; takes a token by itself."""
        params = {"access_token": self.token() if token is None else token, **query}
        url = f"/cgi-bin/{path}"
        reply = (
            self.http.get(url, params=params)
            if body is None
            else self.http.post(url, params=params, json=body)
        )
        assert reply.status_code == 200
        answer: dict = reply.json()
        return answer

    def code(self, path: str, body: dict | None = None, **query) -> int:
        answer: int = self.call(path, body, **query)["errcode"]
        return answer

    def act(self, path: str, body: dict | None = None, *, status: int = 200) -> dict:
        reply = self.http.post(f"/sandbox/api/{path}", json=body or {})
        assert reply.status_code == status, reply.text
        answer: dict = reply.json()
        return answer

    def see(self, path: str) -> dict:
        reply = self.http.get(f"/sandbox/api/{path}")
        assert reply.status_code == 200, reply.text
        answer: dict = reply.json()
        return answer

    def advance(self, seconds: int) -> None:
        self.act("clock", {"advance_seconds": seconds})

    def employee(self, userid: str = "ZhouMin") -> dict:
        return self.see(f"phones/employee/{userid}")

    def candidate(self, external_userid: str = "wmZhang") -> dict:
        return self.see(f"phones/candidate/{external_userid}")


@contextmanager
def running(data_dir, *, retry_after: float = 0.0):
    """The app with its postman, on the file in `data_dir`; leaving the block stops it."""
    with TestClient(build_app(data_dir, clock=lambda: NOON, retry_after=retry_after)) as http:
        yield Sandbox(http)


@pytest.fixture
def sandbox(tmp_path):
    with running(tmp_path) as box:
        box.act("setup", SETUP)
        yield box


class Receiver:
    """The callback address of a program: keeps what came, answers as told."""

    def __init__(self) -> None:
        self.posts: list[tuple[dict, str]] = []
        self.answers: list[int] = []  # HTTP statuses for the next posts; 200 afterwards
        self.verifies = True
        self._came = threading.Condition()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = dict(parse_qsl(urlsplit(self.path).query))
                plain = crypto.decrypt(query["echostr"], key=AES_KEY, receive_id=CORP)
                self._reply(200, plain if outer.verifies else "no")

            def do_POST(self) -> None:
                query = dict(parse_qsl(urlsplit(self.path).query))
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                with outer._came:
                    status = outer.answers.pop(0) if outer.answers else 200
                    outer.posts.append((query, body))
                    outer._came.notify_all()
                self._reply(status, "")

            def _reply(self, status: int, text: str) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/wecom/callback"
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def wait(self, count: int) -> None:
        """Until `count` posts came; fails after 10 real seconds."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.posts) >= count, timeout=10), self.posts

    def event(self, at: int) -> dict[str, str]:
        """The decrypted event number `at`, signature checked, as tag → text."""
        query, body = self.posts[at]
        encrypted = defusedxml.ElementTree.fromstring(body).findtext("Encrypt")
        assert crypto.verify(
            token=TOKEN,
            timestamp=query["timestamp"],
            nonce=query["nonce"],
            encrypted=encrypted,
            given=query["msg_signature"],
        )
        plain = crypto.decrypt(encrypted, key=AES_KEY, receive_id=CORP)
        return {node.tag: node.text or "" for node in defusedxml.ElementTree.fromstring(plain)}


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


def settled(read, wanted, *, seconds: float = 10):
    """Poll `read()` until it equals `wanted` (the postman works in the background); fails after `seconds`."""
    end = time.monotonic() + seconds
    found = read()
    while found != wanted and time.monotonic() < end:
        found = read()
    assert found == wanted
