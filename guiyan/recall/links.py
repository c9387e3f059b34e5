"""The candidate's link: a 128-bit token nobody can guess, stored only as a hash, and made again when needed."""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from guiyan.platform.crypto.seal import blind_index
from guiyan.recall.models import Outreach

VALID_FOR = timedelta(days=30)
LENGTH = 22  # base64url of 16 bytes, without padding


def token_of(nonce: str) -> str:
    """The token for a nonce: HMAC under this company's key, which never lies in the database."""
    return base64.urlsafe_b64encode(blind_index(nonce, column="recall_outreach.link")).decode().rstrip("=")


def hash_of(token: str) -> str:
    """What is stored and looked up. The token is random, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def give_link(outreach: Outreach) -> None:
    """A fresh link for a message not sent yet (in memory)."""
    outreach.link_nonce = secrets.token_hex(16)
    outreach.link_hash = hash_of(token_of(outreach.link_nonce))


def find(token: str, *, now: datetime) -> Outreach | None:
    """The message behind a token, or None: unknown, expired and revoked all look the same."""
    if len(token) != LENGTH:
        return None
    return (
        Outreach.objects.select_related(
            "request__candidate", "request__requisition", "request__requester", "sender"
        )
        .filter(link_hash=hash_of(token), link_revoked_at__isnull=True, link_expires_at__gt=now)
        .first()
    )


def path_of(outreach: Outreach) -> str:
    """The path of the candidate's page, to be put behind the company's address."""
    return f"/c/{token_of(outreach.link_nonce)}"
