"""What the engine must know about people. The people room answers it; the engine only asks."""

from typing import Protocol


class Directory(Protocol):
    """Who holds which post *now*. All answers are user ids (accounts.User), in a stable order.

    Answers may name people who have left: the engine asks `is_active` before it gives anyone a task.
    Unknown ids are no error; they answer None, an empty tuple or False.
    """

    def is_active(self, user_id: int) -> bool:
        """True when this person can sign in and act today."""
        ...

    def users_with_role(self, role: str, department_id: int | None) -> tuple[int, ...]:
        """Holders of a role (code such as `hr_manager`) whose grant covers the department; None: anywhere."""
        ...

    def department_head(self, department_id: int, level: int) -> int | None:
        """Head of the department at `level`: 1 is the department itself, 2 its parent, and so on upwards."""
        ...

    def manager_of(self, user_id: int) -> int | None:
        """Direct manager by reporting line."""
        ...

    def administrators(self) -> tuple[int, ...]:
        """Those who take over what nobody else can decide."""
        ...
