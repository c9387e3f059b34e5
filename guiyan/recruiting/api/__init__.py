"""API doors of the recruiting room: operation ids are the commands' names."""

from guiyan.platform.api import Door
from guiyan.recruiting.api import candidates, paths, requisitions

router = Door(tags=["recruiting"])
candidates.declare(router)
paths.declare(router)
requisitions.declare(router)
