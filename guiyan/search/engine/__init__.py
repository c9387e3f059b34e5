"""Pure parts of search: text folding, tokens, understanding, query plans, ranking. No Django, no I/O, no clock."""
