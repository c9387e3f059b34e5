"""The `/cgi-bin` calls, one module per area. Importing this package fills the registry."""

from wecom_sandbox.calls import (
    cards,
    contact_way,
    contacts,
    customers,
    group_results,
    group_send,
    identity,
    messages,
    tags,
    token,
    welcome,
)

__all__ = [
    "cards",
    "contact_way",
    "contacts",
    "customers",
    "group_results",
    "group_send",
    "identity",
    "messages",
    "tags",
    "token",
    "welcome",
]
