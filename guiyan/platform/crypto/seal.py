"""Sealing a value for one row of one column, and blind indexes for exact look-ups."""

import hmac
import os
import struct
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from guiyan.platform import here
from guiyan.platform.crypto.keys import data_key

VERSION = 1
HEAD = struct.Struct(">BI")  # version, data key id


class SealBroken(Exception):
    """A ciphertext was altered, or belongs to another row, column or company. Always a bug or an attack."""


def _place(column: str, row: str) -> bytes:
    return f"{column}:{row}:{here.schema()}".encode()


def seal(value: bytes, *, column: str, row: str) -> bytes:
    """AES-256-GCM: version, key id, nonce, ciphertext; bound to table.column, row and company."""
    key, nonce = data_key(), os.urandom(12)
    head = HEAD.pack(VERSION, key.id)
    return head + nonce + AESGCM(key.seal).encrypt(nonce, value, head + _place(column, row))


def unseal(token: bytes, *, column: str, row: str) -> bytes:
    """The value again. Raises SealBroken when one bit, the row, the column or the company differs."""
    head, nonce, body = token[: HEAD.size], token[HEAD.size : HEAD.size + 12], token[HEAD.size + 12 :]
    version, key_id = HEAD.unpack(head)
    if version != VERSION:
        raise SealBroken(f"unknown seal version {version} in {column}")
    try:
        return AESGCM(data_key(key_id).seal).decrypt(nonce, body, head + _place(column, row))
    except InvalidTag as error:
        raise SealBroken(f"{column} of row {row} does not open") from error


def blind_index(value: str, *, column: str) -> bytes:
    """HMAC-SHA256 (16 bytes) of a normalised value under the column's own key. Equal values, equal index."""
    key = data_key().index_key(column)
    return hmac.new(key, value.encode(), sha256).digest()[:16]
