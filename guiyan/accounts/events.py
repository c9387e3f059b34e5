"""What happens to accounts."""

from dataclasses import dataclass
from typing import ClassVar

from guiyan.platform.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Event):
    """Base: something about one user."""

    user_id: int

    def subjects(self) -> tuple[str, ...]:
        return (f"user:{self.user_id}",)


@dataclass(frozen=True, kw_only=True)
class UserCreated(AccountEvent):
    """An account exists."""

    name: ClassVar[str] = "accounts.user.created"
    username: str


@dataclass(frozen=True, kw_only=True)
class UserDisabled(AccountEvent):
    """The person may no longer act; every session ended."""

    name: ClassVar[str] = "accounts.user.disabled"


@dataclass(frozen=True, kw_only=True)
class RolesChanged(AccountEvent):
    """A grant began or ended; every session ended."""

    name: ClassVar[str] = "accounts.roles.changed"
    role: str
    scope: str
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(AccountEvent):
    """The person chose a new password; other sessions ended."""

    name: ClassVar[str] = "accounts.password.changed"


@dataclass(frozen=True, kw_only=True)
class SignedIn(AccountEvent):
    """A session began."""

    name: ClassVar[str] = "accounts.signed_in"


@dataclass(frozen=True, kw_only=True)
class SignInFailed(Event):
    """Somebody did not get in. Only a hash of the name is kept."""

    name: ClassVar[str] = "accounts.sign_in.failed"
    key: str
