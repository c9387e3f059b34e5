"""Long work of importing: checking and writing, each safe to run twice."""

from guiyan.importing import commands
from guiyan.platform import clock
from guiyan.platform.actors import Actor
from guiyan.platform.jobs import job


def _actor(name: str) -> Actor:
    """The person's name on the work; the person's right was checked when the work was ordered."""
    return Actor.system(name or "import", "import.run", "candidate.write", "application.write")


@job("importing.check_batch")
def check_batch(*, batch_id: int, name: str) -> None:
    """Read the files of a batch and keep the report."""
    commands.check_batch(actor=_actor(name), batch_id=batch_id, now=clock.now())


@job("importing.run_batch")
def run_batch(*, batch_id: int, name: str) -> None:
    """Write a checked batch into dossiers, going on where an earlier run stopped."""
    commands.run_batch(actor=_actor(name), batch_id=batch_id, now=clock.now())
