"""One installation on one machine: its data directory, its secrets, its ports, the environment of its processes.

    <data directory>/postgres/   the embedded database (or a pointer's worth of it, see platform.postgres)
    <data directory>/secrets/    secret_key, kek.json, sandbox.json; 0700, files 0600
    <data directory>/files/      uploaded files, never below the web root
    <data directory>/sandbox/    what the WeCom sandbox keeps

Nothing here imports Django: `guiyan --help` and the supervisor stay light.
"""

import json
import os
import secrets
import socket
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guiyan.platform.postgres import Postgres

REPO = Path(__file__).resolve().parents[2]
WEB_PORT, SANDBOX_PORT = 8000, 8001


class RuntimeTrouble(RuntimeError):
    """The installation cannot run as it is; the text says why and what to do."""


@dataclass(frozen=True)
class Layout:
    """Where everything of one installation lies."""

    data_dir: Path

    @property
    def postgres(self) -> Path:
        """What the embedded server is asked to use."""
        return self.data_dir / "postgres"

    @property
    def secrets(self) -> Path:
        """Keys; outside the database on purpose."""
        return self.data_dir / "secrets"

    @property
    def files(self) -> Path:
        """Uploaded files."""
        return self.data_dir / "files"

    @property
    def sandbox(self) -> Path:
        """The WeCom sandbox's own data."""
        return self.data_dir / "sandbox"

    def make(self) -> None:
        """Create the directories and, once, the secrets. Safe to call at every start."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        for closed in (self.secrets, self.files, self.sandbox):
            closed.mkdir(mode=0o700, exist_ok=True)
        _write_once(self.secrets / "secret_key", secrets.token_urlsafe(48))
        _write_once(self.secrets / "sandbox.json", json.dumps(_sandbox_secrets(), indent=1))
        if not (self.secrets / "kek.json").exists():
            from guiyan.platform.crypto.keys import new_kek_file

            new_kek_file(self.secrets / "kek.json")


def layout(data_dir: Path | None = None) -> Layout:
    """The layout of GUIYAN_DATA_DIR, or `<repository>/var`, or the directory given."""
    chosen = data_dir or Path(os.environ.get("GUIYAN_DATA_DIR") or REPO / "var")
    return Layout(chosen.absolute())


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=VALUE lines of a `.env` file; quotes around a value are dropped. Raises RuntimeTrouble on others."""
    if not path.exists():
        return {}
    found = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.removeprefix("export ").partition("=")
        if not equals or not name.strip().isidentifier():
            raise RuntimeTrouble(f"{path.name} line {number} is not NAME=VALUE. Correct or remove it.")
        found[name.strip()] = value.strip().strip("'\"")
    return found


def load_env_file() -> None:
    """Take `.env` of the repository into this process; what is set already wins."""
    for name, value in read_env_file(REPO / ".env").items():
        os.environ.setdefault(name, value)


def environment(place: Layout, *, dsn: str, web_port: int = WEB_PORT) -> dict[str, str]:
    """What the processes of this installation need set; what the operator set already wins."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": "guiyan.config.settings",
        "GUIYAN_KEK_FILE": os.fspath(place.secrets / "kek.json"),
        "GUIYAN_BASE_URL": f"http://127.0.0.1:{web_port}",
        "DATABASE_URL": dsn,
    }
    if "GUIYAN_SECRET_KEY" not in os.environ:
        defaults["GUIYAN_SECRET_KEY_FILE"] = os.fspath(place.secrets / "secret_key")
    chosen = {name: os.environ.get(name) or value for name, value in defaults.items()}
    return {
        "GUIYAN_DATA_DIR": os.fspath(place.data_dir),
        **chosen,
    }  # the layout was made from it, or replaces it


def sandbox_environment(place: Layout, *, sandbox_port: int) -> dict[str, str]:
    """The settings that point the product at its own WeCom sandbox, with this installation's secrets."""
    known = json.loads((place.secrets / "sandbox.json").read_text(encoding="utf-8"))
    return {"WECOM_BASE_URL": f"http://127.0.0.1:{sandbox_port}", **known}


def use(settings: Mapping[str, str]) -> None:
    """Put settings into this process's environment (they were computed from it, so nothing is lost)."""
    os.environ.update(settings)


@contextmanager
def database(place: Layout) -> Iterator[str]:
    """The address of the database: DATABASE_URL, or the embedded server, started here if nobody keeps it."""
    external = os.environ.get("DATABASE_URL", "")
    if external:
        yield external
        return
    with Postgres(place.postgres) as server:
        yield server.dsn


@contextmanager
def django_ready() -> Iterator[Layout]:
    """A command's surroundings: data directory, secrets, database running, Django set up."""
    place = layout()
    place.make()
    with database(place) as dsn:
        use(environment(place, dsn=dsn))
        import django

        django.setup()
        try:
            yield place
        finally:
            from django.db import connections

            connections.close_all()  # the pool's threads would outlive the server and complain


def company(asked: str) -> str:
    """The schema a command works in: the one asked for, or the only one there is. Needs `django_ready`.

    Raises RuntimeTrouble naming the choices.
    """
    from guiyan.platform.jobs import company_schemas

    known = company_schemas()
    if asked in known:
        return asked
    if not asked and len(known) == 1:
        return known[0]
    if not known:
        raise RuntimeTrouble("There is no company yet. Run `guiyan demo`, or `guiyan createadmin --help`.")
    raise RuntimeTrouble(f"Choose a company with --company: {', '.join(known)}.")


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port(wanted: int, *, avoid: frozenset[int] = frozenset()) -> int:
    """`wanted`, or the next free port of the twenty after it. Raises RuntimeTrouble when all are taken."""
    for port in range(wanted, wanted + 20):
        if port not in avoid and is_free(port):
            return port
    raise RuntimeTrouble(f"Ports {wanted} to {wanted + 19} are all in use. Choose another with --port.")


def any_free_ports(count: int) -> list[int]:
    """`count` different ports that the system says are free (for throw-away systems)."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _sandbox_secrets() -> dict[str, str]:
    """Made-up WeCom credentials in the shapes of real ones, different in each installation."""
    letters = string.ascii_letters + string.digits

    def word(length: int) -> str:
        return "".join(secrets.choice(letters) for _ in range(length))

    return {
        "WECOM_CORPID": f"ww{secrets.token_hex(8)}",
        "WECOM_AGENTID": "1000002",
        "WECOM_SECRET": word(43),
        "WECOM_CONTACT_SECRET": word(43),
        "WECOM_CALLBACK_TOKEN": word(32),
        "WECOM_CALLBACK_AES_KEY": word(43),
    }


def _write_once(path: Path, text: str) -> None:
    """Write a new file that only its owner can read; an existing one is left as it is."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
