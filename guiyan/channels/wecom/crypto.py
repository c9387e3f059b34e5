"""Callbacks on the wire: signature, AES, and XML without entities. Pure.

Source: WeCom callback scheme (wecom.md §8), checked against the vectors V1–V5 in the tests.
"""

import base64
import hashlib
import hmac
import struct
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

BLOCK = 32  # PKCS#7 pads to 32 here, not to the AES block


class BadCallback(Exception):
    """The request is not from WeCom, not for us, or broken. `why` is for the log, never for the sender."""


@dataclass(frozen=True)
class Keys:
    """One callback's configuration: the token, the 43-sign AES key, and who must be the receiver."""

    token: str
    aes_key: str
    receive_id: str


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Hex SHA-1 of the four values, sorted and joined."""
    joined = "".join(sorted((token, timestamp, nonce, encrypted)))
    return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()


def open_verified(keys: Keys, *, msg_signature: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """Check the signature in constant time, then decrypt. Raises BadCallback."""
    wanted = signature(keys.token, timestamp, nonce, encrypted)
    if not hmac.compare_digest(wanted.encode(), msg_signature.encode()):
        raise BadCallback("signature")
    return decrypt(keys, encrypted)


def decrypt(keys: Keys, encrypted: str) -> str:
    """The message, after checking padding, length and receiver. Raises BadCallback."""
    key = _key(keys.aes_key)
    try:
        data = base64.b64decode(encrypted, validate=True)
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        padded = decryptor.update(data) + decryptor.finalize()
    except ValueError as error:
        raise BadCallback("cipher") from error
    pad = padded[-1] if padded else 0
    if not 1 <= pad <= BLOCK or len(padded) < 20 + pad or padded[-pad:] != bytes([pad]) * pad:
        raise BadCallback("padding")
    plain = padded[:-pad]
    (length,) = struct.unpack(">I", plain[16:20])
    message, receiver = plain[20 : 20 + length], plain[20 + length :]
    if len(message) != length or not hmac.compare_digest(receiver, keys.receive_id.encode()):
        raise BadCallback("receiver")
    try:
        return message.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadCallback("text") from error


def encrypt(keys: Keys, message: str, random16: bytes) -> str:
    """The reverse, for tests and passive replies; `random16` makes it deterministic."""
    key = _key(keys.aes_key)
    raw = message.encode()
    plain = random16 + struct.pack(">I", len(raw)) + raw + keys.receive_id.encode()
    pad = BLOCK - len(plain) % BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()


def _key(aes_key: str) -> bytes:
    """43 signs of base64; the last may carry spare bits, so decoding is not strict."""
    if len(aes_key) != 43:
        raise BadCallback("aes key length")
    return base64.b64decode(aes_key + "=")


def parse(text: str | bytes) -> Element:
    """XML without DTD, entities or external references. Raises BadCallback."""
    try:
        return fromstring(text, forbid_dtd=True, forbid_entities=True, forbid_external=True)  # type: ignore[no-any-return]
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BadCallback("xml") from error


def field(element: Element, name: str) -> str:
    """The text of a direct child, "" when absent."""
    return (element.findtext(name) or "").strip()
