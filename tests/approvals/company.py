"""A small company for the engine's tests: a directory held in plain dictionaries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BOSS, HR, HR_TWO, HEAD, PARENT_HEAD, SPECIALIST, ADMIN, LEAVER = 1, 2, 3, 4, 5, 6, 7, 8
SUPPLY, OPERATIONS = 10, 20


@dataclass
class Company:
    """An organisation one can rearrange between two calls."""

    active: set[int] = field(default_factory=lambda: {BOSS, HR, HR_TWO, HEAD, PARENT_HEAD, SPECIALIST, ADMIN})
    roles: dict[str, tuple[int, ...]] = field(default_factory=lambda: {"hr_manager": (HR, HR_TWO)})
    heads: dict[tuple[int, int], int] = field(
        default_factory=lambda: {(SUPPLY, 1): HEAD, (SUPPLY, 2): PARENT_HEAD, (OPERATIONS, 1): PARENT_HEAD}
    )
    managers: dict[int, int] = field(default_factory=lambda: {HR: BOSS, HEAD: PARENT_HEAD, PARENT_HEAD: BOSS})
    admins: tuple[int, ...] = (ADMIN,)

    def is_active(self, user_id: int) -> bool:
        return user_id in self.active

    def users_with_role(self, role: str, department_id: int | None) -> tuple[int, ...]:
        return self.roles.get(role, ())

    def department_head(self, department_id: int, level: int) -> int | None:
        return self.heads.get((department_id, level))

    def manager_of(self, user_id: int) -> int | None:
        return self.managers.get(user_id)

    def administrators(self) -> tuple[int, ...]:
        return self.admins


class Silent:
    """Knows nobody and must not be asked: proves that replaying needs no directory."""

    def is_active(self, user_id: int) -> bool:
        raise AssertionError(f"replaying asked about {user_id}")

    def users_with_role(self, role: str, department_id: int | None) -> tuple[int, ...]:
        raise AssertionError(f"replaying asked who is {role} in {department_id}")

    def department_head(self, department_id: int, level: int) -> int | None:
        raise AssertionError(f"replaying asked who heads {department_id} at {level}")

    def manager_of(self, user_id: int) -> int | None:
        raise AssertionError(f"replaying asked who manages {user_id}")

    def administrators(self) -> tuple[int, ...]:
        raise AssertionError("replaying asked for the administrators")


def approve(node_id: str = "one", **given: Any) -> dict[str, Any]:
    """An approve node as a document; the assignee defaults to the HR managers."""
    return {
        "kind": "approve",
        "id": node_id,
        "title": node_id.title(),
        "question": "Is it right?",
        "assignee": {"kind": "role", "role": "hr_manager"},
    } | given


def persons(*user_ids: int) -> dict[str, Any]:
    return {"kind": "person", "user_ids": list(user_ids)}


def document(*nodes: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    return {"format": 1, "key": "leave", "title": "Leave", "nodes": list(nodes)} | given
