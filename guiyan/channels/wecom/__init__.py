"""WeCom: a thin typed client for the real paths, callbacks, and the jobs that join them to recall."""
