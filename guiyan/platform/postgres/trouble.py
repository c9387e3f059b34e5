"""What can be wrong with the embedded server, said to the person at the keyboard."""


class PostgresTrouble(RuntimeError):
    """The embedded PostgreSQL cannot do what was asked; `fix` says what the operator can do."""

    def __init__(self, problem: str, *, fix: str) -> None:
        self.problem, self.fix = problem, fix
        super().__init__(f"{problem} {fix}")
