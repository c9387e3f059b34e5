"""Counting the statements a page costs, without the plumbing around them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test.utils import CaptureQueriesContext

PLUMBING = ("SET search_path", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


@dataclass
class Spent:
    """The statements seen inside the block."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def count_sql() -> Iterator[Spent]:
    """Collects the SQL of the block: one entry a statement."""
    spent = Spent()
    with CaptureQueriesContext(connection) as captured:
        yield spent
    spent.statements = [q["sql"] for q in captured.captured_queries if not q["sql"].startswith(PLUMBING)]
