"""Forms of the recruiting room: strict, each field with its label; rules stay in the commands."""
