"""The main job on a throw-away system, done from outside: web pages and the sandbox's phones, nothing else.

Words: a *journey* is the list of steps; a step fails by raising `Unexpected`, and then the journey ends.
"""

from guiyan.config.selfcheck.run import run

__all__ = ["run"]
