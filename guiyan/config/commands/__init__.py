"""Command-line doors: parse, call one room, print. They import late, so that `guiyan --help` is quick."""
