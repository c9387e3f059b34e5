"""Words every room shares: errors, states, money, periods, names, phones. No Django, no I/O, no clock."""
