"""Who is acting: the one value every command and query takes to decide what is allowed."""

from dataclasses import dataclass, field
from enum import StrEnum

from guiyan.kernel.errors import NotAllowed
from guiyan.platform.classes import C1, FieldClass


class Scope(StrEnum):
    """Over which rows a grant reaches. CASE rows come from tasks and seats, not from a grant's reach."""

    SELF = "SELF"
    TEAM = "TEAM"
    SUBTREE = "SUBTREE"
    COMPANY = "COMPANY"
    CASE = "CASE"


@dataclass(frozen=True, slots=True)
class Power:
    """One grant in force, already turned into verbs. `reads_up_to` is the highest field class it opens."""

    role: str
    verbs: frozenset[str]
    scope: Scope
    department_id: int | None = None
    reads_up_to: FieldClass = C1


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or a named system job) with the powers in force at this moment."""

    user_id: int | None
    name: str
    powers: tuple[Power, ...] = field(default=())

    @property
    def id(self) -> int | None:
        return self.user_id

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    def may(self, verb: str) -> bool:
        """True when some grant holds the verb, over whatever rows."""
        return any(verb in power.verbs for power in self.powers)

    def require(self, verb: str) -> None:
        """Raises NotAllowed unless some grant holds the verb."""
        if not self.may(verb):
            raise NotAllowed(verb=verb)

    def powers_for(self, verb: str) -> tuple[Power, ...]:
        """The grants that hold the verb: their scopes say over which rows."""
        return tuple(power for power in self.powers if verb in power.verbs)

    def reads(self, verb: str, field_class: FieldClass) -> bool:
        """May this actor, through a grant of `verb`, read columns of this class?"""
        return any(power.reads_up_to >= field_class for power in self.powers_for(verb))

    @classmethod
    def system(cls, job: str, *verbs: str) -> "Actor":
        """A job acting for the company with the verbs named and no others."""
        return cls(None, job, (Power(job, frozenset(verbs), Scope.COMPANY, reads_up_to=FieldClass.C4),))


NOBODY = Actor(None, "")
