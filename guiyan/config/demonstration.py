"""The demo: prepared once per version of the code, connected to its sandbox, explained to the person who started it."""

import dataclasses
import hashlib
import json
import os
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guiyan.config import runtime
from guiyan.config.runtime import Layout, RuntimeTrouble
from guiyan.config.supervisor import Supervisor, answers
from guiyan.platform.postgres import Postgres

PACKAGE = Path(__file__).resolve().parents[1]


def prepare(place: Layout, *, report: Callable[[str], None]) -> None:
    """Migrate, make the demo company unless it is there, and note what the supervisor will need."""
    from django_tenants.utils import schema_context

    from guiyan.config.demo.sandbox import setup_document
    from guiyan.config.demo.seed import seed_demo
    from guiyan.platform import clock
    from guiyan.platform.tenants.commands import migrate_all

    for done in migrate_all():
        if not done.ok:
            raise RuntimeTrouble(f"Company {done.schema} could not be migrated: {done.error}")
    guide = seed_demo(now=clock.now(), report=report)
    with schema_context(runtime.company("")):
        setup = setup_document()
    noted = {"made_from": fingerprint(), "guide": dataclasses.asdict(guide), "setup": setup}
    handle = os.open(
        _notes(place), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
    )  # it holds the demo's passwords
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(noted, out, ensure_ascii=False, default=str)


def is_prepared(place: Layout) -> bool:
    """Whether this very code already prepared this embedded database (an external one is always looked at)."""
    known = not os.environ.get("DATABASE_URL") and _notes(place).exists()
    return known and notes(place).get("made_from") == fingerprint()


def fingerprint() -> str:
    """A hash of all that decides what `prepare` does: migrations and the demo's own story."""
    paths = [*PACKAGE.glob("**/migrations/*.py"), *(PACKAGE / "config" / "demo").rglob("*.py")]
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(os.fsencode(path.relative_to(PACKAGE)) + b"\0" + path.read_bytes())
    return total.hexdigest()


def forget(place: Layout) -> None:
    """Delete the data directory's database, files, keys and sandbox. Refused while they are in use."""
    Postgres(place.postgres).remove()
    _notes(place).unlink(missing_ok=True)
    for directory in (place.files, place.sandbox, place.secrets, place.data_dir / "index"):
        shutil.rmtree(directory, ignore_errors=True)


def connect_and_tell(supervisor: Supervisor) -> None:
    """Give the sandbox its company and the callback address, then say where to go and who is who."""
    plan = supervisor.plan
    noted = notes(plan.place)
    if plan.sandbox_port is not None:
        connect(plan.place, sandbox_port=plan.sandbox_port, base_url=supervisor.url, setup=noted["setup"])
    for line in told(noted["guide"], url=supervisor.url, sandbox_port=plan.sandbox_port):
        supervisor.say(line)


def connect(place: Layout, *, sandbox_port: int, base_url: str, setup: dict[str, Any]) -> None:
    """POST the company with this installation's app, secrets and callback to its sandbox."""
    while not answers(sandbox_port, "/sandbox/api/state"):
        time.sleep(0.05)
    keys = runtime.sandbox_environment(place, sandbox_port=sandbox_port)
    agent = {"agentid": int(keys["WECOM_AGENTID"]), "secret": keys["WECOM_SECRET"], "name": "归雁"}
    callback = {"url": f"{base_url}/wecom/callback", "token": keys["WECOM_CALLBACK_TOKEN"]}
    body = setup | {
        "corpid": keys["WECOM_CORPID"],
        "contact_secret": keys["WECOM_CONTACT_SECRET"],
        "agents": [agent],
        "callback": callback | {"aes_key": keys["WECOM_CALLBACK_AES_KEY"]},
    }
    request = urllib.request.Request(
        f"http://127.0.0.1:{sandbox_port}/sandbox/api/setup",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")[:400]
        raise RuntimeTrouble(f"The WeCom sandbox refused the demo company: {said}") from error


def told(guide: dict[str, Any], *, url: str, sandbox_port: int | None) -> list[str]:
    """The lines for the person who started the demo."""
    lines = ["", f"Guiyan 归雁 is ready:  {url}"]
    if sandbox_port is not None:
        lines.append(f"Two phones (WeCom):   http://127.0.0.1:{sandbox_port}/")
    people = guide.get("people", [])
    width = max((len(person["username"]) for person in people), default=0)
    for person in people:
        lines.append(
            f"  {person['username']:<{width}}  {person['password']}  {person['name']}（{person['role']}）"
        )
    return [*lines, "Ctrl-C stops everything; your data stays. `make demo RESET=1` starts over.", ""]


def _notes(place: Layout) -> Path:
    return place.secrets / "demo-notes.json"


def notes(place: Layout) -> dict[str, Any]:
    """What `prepare` noted: the guide with its people, and the sandbox's set-up document."""
    found: dict[str, Any] = json.loads(_notes(place).read_text(encoding="utf-8"))
    return found
