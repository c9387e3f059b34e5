"""Copy what pages load from node_modules into guiyan/static/vendor, and draw the icon sprite.

The directory is git-ignored: third-party files are installed at set-up, never committed.
"""

import re
import shutil
import sys
from pathlib import Path

from whitenoise.compress import main as compress  # type: ignore[import-untyped]

REPO = Path(__file__).resolve().parents[1]
MODULES = REPO / "node_modules"
VENDOR = REPO / "guiyan" / "static" / "vendor"
USED_ICONS = REPO / "guiyan" / "static" / "icons" / "used.txt"
FILES = {
    "tabler/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "alpine/alpine-csp.min.js": "@alpinejs/csp/dist/cdn.min.js",
}
_BOUNDS = re.compile(r'<path stroke="none" d="M0 0h24v24H0z"[^>]*/>')


def copy_files() -> None:
    """One file per line of FILES. A source map comment would make browsers ask for a file that is not there."""
    for target, source in FILES.items():
        text = (MODULES / source).read_text(encoding="utf-8")
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(re.sub(r"\n?(//|/\*)# sourceMappingURL=[^\n]*", "", text), encoding="utf-8")


def draw_sprite() -> list[str]:
    """One SVG with a `<symbol id="i-NAME">` per line of used.txt. Returns the names that do not exist."""
    names = sorted(
        {line.strip() for line in USED_ICONS.read_text(encoding="utf-8").splitlines() if line.strip()}
    )
    symbols, missing = [], []
    for name in names:
        source = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not source.exists():
            missing.append(name)
            continue
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        drawn = " ".join(_BOUNDS.sub("", inner).split())
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{drawn}</symbol>')
    body = "\n".join(symbols)
    path = VENDOR / "icons" / "sprite.svg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n', encoding="utf-8")
    return missing


def main() -> None:
    """Copy and draw; an icon that Tabler does not have is an error, or a page would show a hole."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    if USED_ICONS.exists() and (missing := draw_sprite()):
        sys.exit(f"assets: Tabler has no icon {', '.join(missing)}; correct guiyan/static/icons/used.txt.")
    compress(
        ["--quiet", str(VENDOR)]
    )  # whitenoise serves the .gz beside a file: 635 KB of Tabler leave as 80


if __name__ == "__main__":
    main()
