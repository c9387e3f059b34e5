"""State moves: one table beside the model, one function that refuses anything else."""

from collections.abc import Mapping, Set
from typing import Any, ClassVar

from guiyan.kernel.errors import Refused, gettext_noop


class IllegalMove(Refused):
    """The thing is not in a state from which this move exists."""

    code = "illegal_move"
    status = 409
    message = gettext_noop("This is %(current)s and cannot become %(wanted)s.")
    fix = gettext_noop("Reload to see where it stands now.")


class Stateful:
    """Mixin for models with `state` and a MOVES table (state -> states it may become)."""

    MOVES: ClassVar[Mapping[Any, Set[Any]]]
    state: Any

    def move_to(self, wanted: str) -> None:
        """Set `state` in memory; the command saves it under its lock. Raises IllegalMove."""
        if wanted not in self.MOVES.get(self.state, frozenset()):
            raise IllegalMove(current=str(self.state), wanted=str(wanted))
        self.state = wanted
