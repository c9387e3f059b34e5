"""The organisation and the people in it: departments, positions, employees, reporting lines, changes."""
