"""Pure rules of the recall room: what to say, how to fill it, what must not leave, what comes next.

No Django, no I/O, no clock: records come in, frozen results go out.
"""
