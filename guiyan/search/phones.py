"""Phones in the index are recruiting's blind indexes: equal number, equal hash, no digit to read."""

from guiyan.platform.fields import index_of
from guiyan.recruiting.models import Candidate


def hash_phone(form: str) -> str:
    """The index token of one phone form of the analyser ("=:13812345678", "4:5678", "34:1385678").

    Only whole numbers and last fours are indexed; other forms are asked for by their last four.
    """
    kind, digits = form.split(":", 1)
    if kind == "=":
        found = index_of(Candidate, "phone_index", f"+86{digits}")
    else:
        found = index_of(Candidate, "phone_tail_index", digits[-4:])
    return found.hex() if found else ""
