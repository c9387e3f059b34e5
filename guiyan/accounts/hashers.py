"""Argon2id at 19 MiB, two passes, one lane (AU2); older parameters are upgraded at the next sign-in."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """OWASP's floor for argon2id."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
