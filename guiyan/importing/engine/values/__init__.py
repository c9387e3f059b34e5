"""Parsers of one cell: names, phones, dates, pay, outcomes, free text. Missing stays missing."""
