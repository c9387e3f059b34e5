"""What the doctor says about one thing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at: well or not, what was seen, and what to do when it is not well."""

    name: str
    ok: bool
    says: str
    fix: str = ""
