"""Field classes: how private a column is. A role states up to which class it reads."""

from enum import IntEnum


class FieldClass(IntEnum):
    """C0 public, C1 work facts, C2 contact, C3 identity and sensitive, C4 pay."""

    C0 = 0
    C1 = 1
    C2 = 2
    C3 = 3
    C4 = 4


C0, C1, C2, C3, C4 = FieldClass
