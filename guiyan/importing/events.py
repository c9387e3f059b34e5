"""What happens in importing."""

from dataclasses import dataclass
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class BatchEvent(Event):
    """Base: something about one import."""

    batch_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"import:{self.batch_id}",)


@dataclass(frozen=True, kw_only=True)
class BatchRead(BatchEvent):
    """Files were checked; nothing was written into dossiers."""

    name: ClassVar[str] = "importing.batch.read"
    files: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class BatchWritten(BatchEvent):
    """An import is complete."""

    name: ClassVar[str] = "importing.batch.written"
    rows: int
    questions: int


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(BatchEvent):
    """Someone said which person a row without contact is about."""

    name: ClassVar[str] = "importing.question.answered"
    row_id: int
    candidate_id: int
