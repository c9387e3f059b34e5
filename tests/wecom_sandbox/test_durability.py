"""The program as a process: killed without warning, it loses nothing it acknowledged."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.wecom_sandbox.conftest import CORP, SETUP


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        answer: int = probe.getsockname()[1]
        return answer


@contextmanager
def served(data_dir, port: int):
    """`wecom-sandbox serve` until the block ends; then SIGKILL, never a clean stop."""
    command = [
        sys.executable,
        "-m",
        "wecom_sandbox.cli",
        "serve",
        "--port",
        str(port),
        "--data-dir",
        str(data_dir),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            wait_until_up(http, process)
            yield http
    finally:
        process.kill()
        process.wait(timeout=10)


def wait_until_up(http: httpx.Client, process: subprocess.Popen) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        try:
            if http.get("/healthz").status_code == 200:
                return
        except httpx.TransportError:
            continue
    pytest.fail("the sandbox did not come up")


@pytest.mark.system
def test_given_kill_9_when_started_again_then_everything_acknowledged_is_there(tmp_path):
    credentials = {"corpid": CORP, "corpsecret": "app-secret"}
    body = {"touser": "ZhouMin", "msgtype": "text", "agentid": 1000002}
    sent = []
    with served(tmp_path, free_port()) as http:
        http.post("/sandbox/api/setup", json=SETUP).raise_for_status()
        token = http.get("/cgi-bin/gettoken", params=credentials).json()["access_token"]
        for number in range(20):
            message = body | {"text": {"content": f"第 {number} 条"}}
            sent.append(
                http.post("/cgi-bin/message/send", params={"access_token": token}, json=message).json()[
                    "msgid"
                ]
            )

    with served(tmp_path, free_port()) as http:
        phone = http.get("/sandbox/api/phones/employee/ZhouMin").json()
        assert [message["msgid"] for message in phone["messages"]] == sent
        assert http.get("/cgi-bin/gettoken", params=credentials).json()["access_token"] == token
