"""Refusals: the one way a rule says no. Doors translate them once; anything else is a bug."""

from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation where Django may not be imported."""
    return message


class Refused(Exception):
    """A rule said no, and nothing was changed.

    `message` and `fix` are English message ids with `%(name)s` places filled from `facts`;
    the door that answers the person translates them, then fills them in.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 422
    message: ClassVar[str] = gettext_noop("This cannot be done.")
    fix: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(" ".join(part % facts for part in (self.message, self.fix) if part))


class NotFound(Refused):
    """No such row for this viewer. Also the answer for rows of others: existence is private."""

    code = "not_found"
    status = 404
    message = gettext_noop("There is nothing here that you can see.")
    fix = gettext_noop("Check the link, or ask the person who sent it.")


class NotAllowed(Refused):
    """The viewer may see the thing but not do this to it."""

    code = "not_allowed"
    status = 403
    message = gettext_noop("You do not have the right to do this (%(verb)s).")
    fix = gettext_noop("Ask your HR manager or system administrator for it.")


class Conflict(Refused):
    """Someone else was first; `state` is what holds now."""

    code = "conflict"
    status = 409
    message = gettext_noop("This was already handled: %(state)s.")
    fix = gettext_noop("Look at the current state and decide again.")


class InvalidInput(Refused):
    """A field of the input is wrong; names the field, the problem and the remedy."""

    code = "invalid_input"
    status = 400
    message = gettext_noop("%(field)s: %(problem)s")
    fix = gettext_noop("%(remedy)s")
