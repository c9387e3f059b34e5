"""Which operating-system account the server runs as, and where that account can reach.

PostgreSQL refuses to run as root. As root we drop to a system user of our own; directories that user
cannot walk into (a checkout below `/root`) are left exactly as they are, and what it needs goes below
`/var/lib/guiyan` instead.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiyan.platform.postgres.trouble import PostgresTrouble

SYSTEM_USER = "guiyan-db"
REACHABLE_ROOT = Path("/var/lib/guiyan")


@dataclass(frozen=True)
class Account:
    """The operating-system user that owns the cluster and runs the server."""

    name: str
    uid: int
    gid: int
    dropped: bool  # True when we are root and this is somebody else

    def popen_options(self) -> dict[str, Any]:
        """Arguments for `subprocess.Popen` that make a child run as this account."""
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, path: Path) -> None:
        """Give `path` to this account, closed to everybody else (0700). `path` must be ours already."""
        if self.dropped:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        path.chmod(0o700)


def current() -> Account:
    """The account the server runs as on this machine. Creates the system user when we are root."""
    if os.geteuid() == 0:
        entry = _system_user()
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, dropped=True)
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise PostgresTrouble(
            f"The user number {os.geteuid()} has no name on this machine, and PostgreSQL needs one.",
            fix="Add the user to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own.",
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, dropped=False)


def can_walk(path: Path) -> bool:
    """Whether any user of this machine may walk down to `path` (every directory above it has o+x)."""
    resolved = path.resolve()
    return all(_open_to_others(parent) for parent in resolved.parents if parent.exists())


def home_for(data_dir: Path, account: Account) -> Path:
    """The directory that really holds the server asked for at `data_dir`.

    `data_dir` itself, unless we are root and the system user cannot walk to it: then a directory below
    /var/lib/guiyan named after `data_dir`, so that two checkouts never share one.
    """
    data_dir = data_dir.absolute()
    if not account.dropped or can_walk(data_dir):
        return data_dir
    name = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    return REACHABLE_ROOT / name


def make_walkable(home: Path, account: Account) -> None:
    """Create `home` and what is missing above it. Directories that exist keep their permissions."""
    missing = [path for path in (home, *home.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o755, exist_ok=True)
        path.chmod(0o711 if account.dropped else 0o700 if path == home else 0o755)  # whatever the umask


def make_reachable_root() -> None:
    """Create /var/lib/guiyan: owned by root, others may walk through it but not write."""
    REACHABLE_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
    REACHABLE_ROOT.chmod(0o755)


def _open_to_others(directory: Path) -> bool:
    return bool(directory.stat().st_mode & stat.S_IXOTH)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    fix = "Run Guiyan as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    if useradd is None:
        raise PostgresTrouble("PostgreSQL may not run as root and there is no useradd here.", fix=fix)
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, text=True, check=False
    )
    try:
        return pwd.getpwnam(SYSTEM_USER)  # also right when another process was faster than we were
    except KeyError:
        said = done.stderr.strip() or f"exit code {done.returncode}"
        raise PostgresTrouble(f"The system user {SYSTEM_USER} could not be made: {said}.", fix=fix) from None
