"""Files people give us: judged by content, sealed at rest outside the web root, named anew."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from guiyan.kernel.errors import Refused, gettext_noop
from guiyan.platform.crypto.seal import seal, unseal
from guiyan.platform.models import StoredFile

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
COLUMN = "platform_storedfile.bytes"


class FileRefused(Refused):
    """The content is not what may be stored here."""

    code = "file_refused"
    status = 400
    message = gettext_noop("“%(name)s” was not taken: %(problem)s")
    fix = gettext_noop("Send a PDF, DOCX, HTML, TXT, JPG or PNG file of at most 20 MB.")


def store_file(*, name: str, content: bytes, purpose: str, now: datetime) -> StoredFile:
    """Judge, seal and keep a file in the caller's transaction. The type is what the content is, not what it says.

    Raises FileRefused. The original name is kept only for showing; on disk the file is named by its seal id.
    """
    shown = _safe_name(name)
    kind = judge(shown, content)
    row = StoredFile(
        name=shown, content_type=kind, size=len(content), sha256=hashlib.sha256(content).hexdigest(), purpose=purpose,
        stored_at=now,
    )  # fmt: skip
    path = _path(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = seal(content, column=COLUMN, row=str(row.seal_id))
    handle = path.open("xb")
    with handle:
        path.chmod(0o600)
        handle.write(sealed)
    row.save()
    return row


def open_file(row: StoredFile) -> bytes:
    """The content again. Raises FileNotFoundError or SealBroken: both are damage, never a user's fault."""
    return unseal(_path(row).read_bytes(), column=COLUMN, row=str(row.seal_id))


def _path(row: StoredFile) -> Path:
    mark = row.seal_id.hex
    return Path(settings.FILES_DIR) / str(connection.schema_name) / mark[:2] / mark  # type: ignore[attr-defined]


def _safe_name(name: str) -> str:
    """The last part of the name, without signs that mislead (control, direction marks) or paths."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[-120:] or "file"


def judge(name: str, content: bytes) -> str:
    """The MIME type of an allowed content whose ending agrees with it. Raises FileRefused."""
    problem = ""
    if not content:
        problem = gettext_noop("it is empty.")
    elif len(content) > MAX_BYTES:
        problem = gettext_noop("it is larger than 20 MB.")
    if problem:
        raise FileRefused(name=name, problem=_words(problem))
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    for endings, kind, fits in KINDS:
        if ending in endings:
            if fits(content):
                return kind
            raise FileRefused(
                name=name, problem=_words(gettext_noop("its content is not what the ending says."))
            )
    raise FileRefused(name=name, problem=_words(gettext_noop("this kind of file is not taken.")))


def _words(message: str) -> str:
    from django.utils.translation import gettext

    return gettext(message)


def _pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-1.") and b"startxref" in content[-2048:] and b"%%EOF" in content[-2048:]


def _docx(content: bytes) -> bool:
    """A real word-processing package: no bomb, no macros, no path outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            names = {member.filename for member in members}
            sane = len(members) < 2000 and sum(member.file_size for member in members) < MAX_UNPACKED
            honest = not any("vbaProject" in name or name.startswith("/") or ".." in name for name in names)
            if not (sane and honest and {"[Content_Types].xml", "word/document.xml"} <= names):
                return False
            return b"macroEnabled" not in package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def _jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\x00\r\n").endswith(b"\xff\xd9")


def _png(content: bytes) -> bool:
    head = content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR"
    if not head or b"IEND" not in content[-16:]:
        return False
    width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return 0 < width * height <= 50_000_000


def decode(content: bytes) -> str | None:
    """Text in UTF-8 (with or without mark), UTF-16 with mark, or GB 18030; None when it is none of them."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(1 for sign in text if ord(sign) < 32 and sign not in "\t\r\n\f")
        return text if strange == 0 else None
    return None


def _text(content: bytes) -> bool:
    text = decode(content)
    return text is not None and not text.lstrip().lower().startswith(("<!doctype", "<html", "<svg", "<?xml"))


def _html(content: bytes) -> bool:
    text = decode(content)
    return text is not None and any(
        sign in text[:4096].lower() for sign in ("<!doctype html", "<html", "<body")
    )


KINDS: tuple[tuple[frozenset[str], str, Callable[[bytes], bool]], ...] = (
    (frozenset({"pdf"}), "application/pdf", _pdf),
    (frozenset({"docx"}), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    (frozenset({"jpg", "jpeg"}), "image/jpeg", _jpeg),
    (frozenset({"png"}), "image/png", _png),
    (frozenset({"html", "htm"}), "text/html", _html),
    (frozenset({"txt"}), "text/plain", _text),
)
