"""重来: the company as it was set up, nothing that happened since."""

from __future__ import annotations

from typing import Any

from wecom_sandbox.control.models import Setup
from wecom_sandbox.control.setup import apply_setup
from wecom_sandbox.store import Store

# What the program made as configuration and keeps ids of survives; messages, relations and faults do not.
_KEPT = ("contact_ways", "tag_groups", "tags")


def remember(store: Store, body: Setup) -> None:
    """Keep the set-up so that `start_over` can repeat it; an identical one is kept once."""
    asked = body.model_dump(mode="json", exclude_unset=True)
    kept = [item for item in store.get("setups", []) if item != asked]
    store.set("setups", [*kept, asked])


def start_over(store: Store) -> None:
    """Empty everything but contact ways and corp tags, then repeat the set-ups in their order."""
    setups: list[dict[str, Any]] = store.get("setups", [])
    proven = store.get("callback_error")
    store.wipe(keep=_KEPT)
    for asked in setups:
        apply_setup(store, Setup.model_validate(asked))
    store.set("setups", setups)
    store.set("callback_error", proven)
