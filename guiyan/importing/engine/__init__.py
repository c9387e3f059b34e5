"""Pure reading: bytes in, frozen facts out. No Django, no disk, no network, no clock."""
