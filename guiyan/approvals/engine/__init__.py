"""The pure core: a definition is data, a run is a fold over its history. No Django, no I/O, no clock."""
