"""What the channel can honestly know about one message, moving forward only.

There is no "read": WeCom gives no receipt for candidates. "Opened" means the page behind the link
was shown by a person, "answered" that they tapped an answer or were noted as having replied.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Stage = Literal["created", "confirmed", "sent", "opened", "answered", "failed"]
LINE: tuple[Stage, ...] = ("created", "confirmed", "sent", "opened", "answered")


@dataclass(frozen=True)
class Delivery:
    """Stage reached and when each stage was first known (aware UTC). Earlier stages may be learnt later."""

    stage: Stage | None = None
    created_at: datetime | None = None
    confirmed_at: datetime | None = None
    sent_at: datetime | None = None
    opened_at: datetime | None = None
    answered_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""


def note(now: Delivery, stage: Stage, *, at: datetime, failure: str = "") -> Delivery:
    """Record that a stage was reached. First time wins, order of arrival does not matter, nothing moves back.

    A failure after the page was opened is a contradiction of the channel and is ignored: the person
    has it. A message known as failed that is opened after all counts as opened.
    """
    if getattr(now, f"{stage}_at") is not None:
        return now
    if stage == "failed":
        if now.stage in ("opened", "answered", "sent"):
            return now
        return replace(now, stage="failed", failed_at=at, failure=failure)
    field: dict[str, datetime] = {f"{stage}_at": at}
    noted = replace(now, **field)  # type: ignore[arg-type]  # the key is one of the *_at fields above
    return replace(noted, stage=_further(now.stage, stage))


def _further(held: Stage | None, new: Stage) -> Stage:
    if held is None:
        return new
    if held == "failed":
        return new if new in ("opened", "answered") else "failed"
    return max(held, new, key=LINE.index)
