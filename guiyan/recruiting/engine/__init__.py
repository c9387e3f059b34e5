"""Recruiting's pure rules: no Django, no I/O, no clock."""
