"""Callback encryption and signature of WeCom (AES-256-CBC, receiver id inside, PKCS#7 to 32 bytes)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import string
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
RANDOM_BYTES = 16
_ALPHABET = string.ascii_letters + string.digits


class BadCiphertext(Exception):
    """The signature, the padding or the receiver does not fit."""


def aes_key(encoding_aes_key: str) -> bytes:
    """The 32-byte key. The last of the 43 characters may carry spare bits, so no canonical check."""
    if len(encoding_aes_key) != 43:
        raise ValueError("EncodingAESKey must have 43 characters")
    key = base64.b64decode(encoding_aes_key + "=")
    if len(key) != 32:
        raise ValueError("EncodingAESKey must decode to 32 bytes")
    return key


def new_random16() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(RANDOM_BYTES))


def signature(*, token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Hex SHA-1 of the four strings sorted and joined, as the protocol demands."""
    joined = "".join(sorted([token, timestamp, nonce, encrypted]))
    return hashlib.sha1(joined.encode()).hexdigest()  # noqa: S324 - fixed by the protocol


def encrypt(plain: str, *, key: str, receive_id: str, random16: str | None = None) -> str:
    """Base64 ciphertext of `random16 + length + plain + receive_id`."""
    raw_key = aes_key(key)
    message = plain.encode()
    head = (random16 or new_random16()).encode()
    data = head + struct.pack(">I", len(message)) + message + receive_id.encode()
    pad = BLOCK - len(data) % BLOCK
    data += bytes([pad]) * pad
    encryptor = Cipher(algorithms.AES(raw_key), modes.CBC(raw_key[:16])).encryptor()
    return base64.b64encode(encryptor.update(data) + encryptor.finalize()).decode()


def decrypt(encrypted: str, *, key: str, receive_id: str) -> str:
    """The plain message. Raises BadCiphertext when padding, length or receiver do not fit."""
    raw_key = aes_key(key)
    data = base64.b64decode(encrypted)
    if not data or len(data) % 16:
        raise BadCiphertext("length is not a multiple of the block")
    decryptor = Cipher(algorithms.AES(raw_key), modes.CBC(raw_key[:16])).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    pad = padded[-1]
    if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
        raise BadCiphertext("padding")
    content = padded[RANDOM_BYTES:-pad]
    (length,) = struct.unpack(">I", content[:4])
    message, receiver = content[4 : 4 + length], content[4 + length :]
    if len(message) != length or receiver.decode(errors="replace") != receive_id:
        raise BadCiphertext("receiver")
    return message.decode()


def verify(*, token: str, timestamp: str, nonce: str, encrypted: str, given: str) -> bool:
    """Whether `given` is the signature of the other four, compared in constant time."""
    return hmac.compare_digest(
        signature(token=token, timestamp=timestamp, nonce=nonce, encrypted=encrypted), given
    )
