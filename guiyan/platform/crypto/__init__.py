"""Envelope encryption: a data key per company, wrapped by a key outside the database."""
