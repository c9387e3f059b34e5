"""The top floor: settings, URLs, the API, the wiring between rooms and the command line."""
