"""Finding a person from half a memory.

Words: a *dossier index* row holds the tokens of one candidate; the *analyser* makes tokens from facts and
from queries alike; *understanding* turns free words into typed *parts*, shown as chips; a *hit* is one
candidate with the reasons why. Enter through `queries.search`, `commands.index_dossier`.
"""
