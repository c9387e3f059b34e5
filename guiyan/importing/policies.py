"""Who may bring history in, and into which dossiers."""

from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor
from guiyan.recruiting.queries.identify import sees_candidate

VERB = "import.run"


def require_candidate(actor: Actor, candidate_id: int) -> None:
    """Raises NotFound unless the actor sees this dossier."""
    if not sees_candidate(actor, candidate_id):
        raise NotFound()
