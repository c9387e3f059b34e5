"""The keys: KEK from a file outside the database, data keys per company wrapped by it."""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from guiyan.platform import here


@dataclass(frozen=True, slots=True)
class Kek:
    """The key-encryption key and its id, so that a wrapped key says which one opens it."""

    id: str
    key: bytes


@dataclass(frozen=True, slots=True)
class DataKey:
    """One company's data key: `seal` encrypts columns and files, `index_root` keys blind indexes."""

    id: int
    seal: bytes
    index_root: bytes

    def index_key(self, purpose: str) -> bytes:
        """A key of its own for each column's blind index."""
        return _derived(self.index_root, purpose)


@lru_cache(maxsize=512)
def _derived(root: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"guiyan-index:" + purpose.encode()).derive(root)


@lru_cache(maxsize=1)
def kek() -> Kek:
    """Read the key file `{"id": ..., "key": base64 of 32 bytes}`. A missing key stops, never writes plaintext."""
    if not settings.KEK_FILE:
        raise ImproperlyConfigured(
            "GUIYAN_KEK_FILE names no key file. `guiyan doctor` tells how to make one."
        )
    try:
        data = json.loads(Path(settings.KEK_FILE).read_text(encoding="utf-8"))
        found = Kek(str(data["id"]), base64.b64decode(data["key"], validate=True))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImproperlyConfigured(f"The key file {settings.KEK_FILE} cannot be read: {error}.") from error
    if len(found.key) != 32:
        raise ImproperlyConfigured(f"The key in {settings.KEK_FILE} must be 32 bytes.")
    return found


def new_kek_file(path: Path) -> None:
    """Write a fresh key file readable by its owner only; refuses to replace one."""
    data = {
        "id": base64.urlsafe_b64encode(os.urandom(6)).decode(),
        "key": base64.b64encode(os.urandom(32)).decode(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(data, file)


def wrap(material: bytes, schema: str) -> bytes:
    """The 64 bytes of a data key, sealed by the KEK for this company only."""
    nonce = os.urandom(12)
    return nonce + AESGCM(kek().key).encrypt(nonce, material, f"datakey:{schema}".encode())


def unwrap(wrapped: bytes, schema: str) -> bytes:
    """The reverse of `wrap`. Raises InvalidTag for another company or another KEK."""
    return AESGCM(kek().key).decrypt(wrapped[:12], wrapped[12:], f"datakey:{schema}".encode())


_cache: dict[tuple[str, int], DataKey] = {}
_newest: dict[str, int] = {}


def data_key(key_id: int | None = None) -> DataKey:
    """The current company's data key: the newest for writing, or the one a ciphertext names."""
    schema = here.schema()
    wanted = key_id if key_id is not None else _newest.get(schema)
    if wanted is not None and (schema, wanted) in _cache:
        return _cache[schema, wanted]
    from guiyan.platform.models import WrappedKey

    rows = WrappedKey.objects.order_by("-id")
    row = rows.filter(pk=wanted).first() if wanted is not None else rows.first()
    if row is None:
        raise ImproperlyConfigured(
            f"Company {schema} has no data key {key_id or ''}; was it created by `guiyan`?"
        )
    material = unwrap(bytes(row.wrapped), schema)
    key = DataKey(row.pk, material[:32], material[32:])
    _cache[schema, key.id] = key
    if key_id is None:
        _newest[schema] = key.id
    return key


def create_data_key() -> DataKey:
    """Make the current company's next data key, wrapped, and use it for new writes."""
    from guiyan.platform.models import WrappedKey

    schema = here.schema()
    wrapped = wrap(os.urandom(64), schema)
    row = WrappedKey.objects.create(wrapped=wrapped, kek_id=kek().id)
    forget_keys()
    return data_key(row.pk)


def forget_keys() -> None:
    """Drop cached keys (tests that swap companies, key rotation)."""
    _cache.clear()
    _newest.clear()
