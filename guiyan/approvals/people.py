"""The organisation behind the engine's Directory: the class named in settings, remembered for one command."""

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from guiyan.approvals.engine.directory import Directory


class Remembering:
    """Asks each question once: a command sees one organisation, and pages cost few statements."""

    def __init__(self, source: Directory) -> None:
        self._source = source
        self._answers: dict[tuple[object, ...], object] = {}

    def is_active(self, user_id: int) -> bool:
        return cast(bool, self._ask("is_active", user_id))

    def users_with_role(self, role: str, department_id: int | None) -> tuple[int, ...]:
        return cast("tuple[int, ...]", self._ask("users_with_role", role, department_id))

    def department_head(self, department_id: int, level: int) -> int | None:
        return cast("int | None", self._ask("department_head", department_id, level))

    def manager_of(self, user_id: int) -> int | None:
        return cast("int | None", self._ask("manager_of", user_id))

    def administrators(self) -> tuple[int, ...]:
        return cast("tuple[int, ...]", self._ask("administrators"))

    def _ask(self, question: str, *about: object) -> object:
        key = (question, *about)
        if key not in self._answers:
            self._answers[key] = getattr(self._source, question)(*about)
        return self._answers[key]


def directory() -> Directory:
    """The company as it is now."""
    return Remembering(import_string(settings.APPROVALS_DIRECTORY)())
