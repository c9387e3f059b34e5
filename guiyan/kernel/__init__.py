"""Words every room shares: errors, states, money, periods, names, phones, working time. No Django, no I/O, no clock."""
