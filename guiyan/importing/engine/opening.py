"""Open a file by what it is, not by its name, and refuse what would hurt before anything is parsed.

Source of the limits: security.md UP4 (entries, ratio, total inflated bytes counted while inflating).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

MAX_ENTRIES = 2_000
MAX_INFLATED = 96 * 1024 * 1024  # all parts together, counted while inflating, never from the directory
MAX_RATIO = 400  # for parts above RATIO_FROM
RATIO_FROM = 4 * 1024 * 1024
CHUNK = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unreadable(Exception):
    """The whole file is refused; `code` is one of `codes.CODES`."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code} {detail}".strip())


@dataclass(frozen=True, slots=True)
class Package:
    """A checked zip: names of its parts and a reader that keeps counting."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """One part, inflated under the same limit. Raises Unreadable."""
        return b"".join(self.stream(name))

    def stream(self, name: str) -> Iterator[bytes]:
        """One part in chunks; stops with `zip_bomb` past the limit whatever the directory claims."""
        done = 0
        try:
            for chunk in _inflate(self.archive, self.archive.getinfo(name)):
                done += len(chunk)
                if done > MAX_INFLATED:
                    raise Unreadable("zip_bomb", name)
                yield chunk
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as broken:
            raise Unreadable("corrupt_file", name) from broken


def kind_of(data: bytes) -> str:
    """What the bytes are: zip, ole, pdf, html, rtf, image, text or empty."""
    head = data[:8]
    if not data.strip(b"\x00\r\n\t "):
        return "empty"
    for magic, kind in (
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (_OLE, "ole"),
        (b"%PDF", "pdf"),
        (b"{\\rtf", "rtf"),
        (b"\x89PNG", "image"),
        (b"\xff\xd8\xff", "image"),
        (b"GIF8", "image"),
    ):
        if head.startswith(magic):
            return kind
    start = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        return "html"
    return "text"


def open_package(data: bytes) -> Package:
    """Check a zip as a whole and return it. Raises Unreadable (corrupt_file, zip_bomb*, xxe, …).

    Every part is inflated once and thrown away, only to count: parts that two sheets share are one part here,
    and a directory that lies about sizes changes nothing.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, struct.error) as broken:
        raise Unreadable("corrupt_file") from broken
    if len(entries) > MAX_ENTRIES:
        raise Unreadable("zip_bomb", f"{len(entries)} parts")
    total = 0
    for entry in entries:
        _require_safe_name(entry.filename)
        if entry.flag_bits & 0x1:
            raise Unreadable("password_protected", entry.filename)
        total += _measure(archive, entry, MAX_INFLATED - total)
    return Package(archive, frozenset(entry.filename for entry in entries))


def _require_safe_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":"):
        raise Unreadable("zip_slip", name[:80])


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """Inflated bytes of one part; refuses bombs, and document types inside XML parts."""
    size, tail = 0, b""
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    try:
        for chunk in _inflate(archive, entry):
            size += len(chunk)
            if size > left or (size > RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)):
                lied = entry.file_size < size // 2
                raise Unreadable("zip_bomb_lying_header" if lied else "zip_bomb", entry.filename)
            if is_xml:
                _refuse_document_type(tail + chunk)
                tail = chunk[-24:]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as broken:
        raise Unreadable("corrupt_file", entry.filename) from broken
    return size


def _refuse_document_type(chunk: bytes) -> None:
    plain = chunk.replace(b"\x00", b"") if b"\x00" in chunk else chunk  # also UTF-16 parts
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("xxe")


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Raw chunks of one part. Goes past `zipfile`'s own reader, which stops at the size the directory claims."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or archive.fp is None:
        raise zipfile.BadZipFile("unusual compression")
    source = archive.fp
    source.seek(entry.header_offset)
    header = source.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header")
    sizes = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    source.seek(entry.header_offset + 30 + sizes)
    packed = _packed(source, entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from packed
        return
    yield from _inflated(packed)


def _packed(source: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0:
        piece = source.read(min(CHUNK, left))
        if not piece:
            raise EOFError
        left -= len(piece)
        yield piece


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    for piece in packed:
        rest = piece
        while rest and not inflater.eof:
            yield inflater.decompress(rest, CHUNK * 4)
            rest = inflater.unconsumed_tail
    if tail := inflater.flush():
        yield tail
    if not inflater.eof:
        raise EOFError
