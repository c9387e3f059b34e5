"""What WeCom's error codes mean: each becomes an exception that names the cause and the remedy."""

from typing import ClassVar


class WeComError(Exception):
    """WeCom answered with an errcode. `cause` and `remedy` are for the person who must act."""

    cause: ClassVar[str] = "WeCom refused the call."
    remedy: ClassVar[str] = "Look the code up in WeCom's developer documentation."

    def __init__(self, code: int, message: str, path: str) -> None:
        self.code, self.message, self.path = code, message, path
        super().__init__(f"{path}: {code} {message} {self.cause} {self.remedy}")


class NotReached(Exception):
    """No connection was made, so nothing was sent: safe to try again."""


class OutcomeUnknown(Exception):
    """The request left but no answer came: it may have been done. Reconcile before doing it again."""


class TokenRejected(WeComError):
    """The access token expired or was withdrawn early; the client fetches a new one once by itself."""

    cause = "The access token is no longer valid."
    remedy = "It is renewed by itself; if this stays, another program uses the same secret."


class BadCredentials(WeComError):
    """Wrong corp id or secret: trying again cannot help."""

    cause = "The company id or the secret is wrong."
    remedy = "Set WECOM_CORPID and WECOM_SECRET to the values on the app's page in the WeCom console."


class Busy(WeComError):
    """WeCom asks to come again."""

    cause = "WeCom is busy."
    remedy = "It is tried again by itself."


class TooManyAtOnce(Busy):
    """Too many calls at the same time."""

    cause = "Too many calls ran at the same time."
    remedy = "It is tried again more slowly by itself."


class TooOften(WeComError):
    """A frequency limit was reached; WeCom blocks for the length of its window."""

    cause = "WeCom's limit of calls in this minute, hour or day is used up."
    remedy = "It goes on when the window ends; send fewer messages at once."


class AddressNotAllowed(WeComError):
    """Our server's address is not on the app's list."""

    cause = "This server's address is not among the app's trusted IPs."
    remedy = "Add it on the app's page under 企业可信IP."


class NoPermission(WeComError):
    """The app may not use this part of the API."""

    cause = "The app may not use this interface."
    remedy = "Add the app to 可调用接口的应用 of this capability in the WeCom console."


class OutOfScope(WeComError):
    """A member, department or tag is not visible to the app."""

    cause = "This member is outside the app's visible range, or left."
    remedy = "Add the member to the app's visible range, or choose another sender."


class NoRecipient(WeComError):
    """Nobody of the recipients can get the message."""

    cause = "None of the recipients can get this message."
    remedy = "Check that they are members within the app's range, or friends of the sender."


class NotFriends(WeComError):
    """The employee and the candidate are not contacts of each other."""

    cause = "This member and the candidate are no contacts of each other."
    remedy = "Let a colleague send who is a contact, or reach the candidate by phone."


class StillDispatching(WeComError):
    """A mass-message task was queried before WeCom had dispatched it."""

    cause = "WeCom is still handing the task out."
    remedy = "Ask again in a moment."


class CardUsedUp(WeComError):
    """A card's response code was used before, or is older than 72 hours."""

    cause = "This card was already updated, or is older than 72 hours."
    remedy = "Nothing to do: the current state is in the app."


class BadContent(WeComError):
    """The message itself is not acceptable."""

    cause = "WeCom does not accept the content of the message."
    remedy = "Shorten it, or take out what the message names."


class BadParameter(WeComError):
    """We sent a wrong request: a bug, or data WeCom does not know any more."""

    cause = "A value of the call is wrong or no longer exists."
    remedy = "The log holds the call; the person or the card may have been deleted in WeCom."


BY_CODE: dict[int, type[WeComError]] = {
    -1: Busy, 6000: Busy, 45033: TooManyAtOnce, 45009: TooOften, 41094: TooOften,
    42001: TokenRejected, 40014: TokenRejected, 41001: TokenRejected,
    40001: BadCredentials, 40013: BadCredentials, 40091: BadCredentials, 40056: BadCredentials, 301002: BadCredentials,
    60020: AddressNotAllowed,
    48001: NoPermission, 48002: NoPermission, 60011: NoPermission, 84074: NoPermission, 50003: NoPermission,
    50002: OutOfScope, 60021: OutOfScope, 60111: OutOfScope, 40003: OutOfScope, 41054: OutOfScope, 40098: OutOfScope,
    81013: NoRecipient, 41048: NoRecipient,
    84061: NotFriends, 84084: NotFriends, 40096: NotFriends,
    41063: StillDispatching, 60140: CardUsedUp, 85002: BadContent, 45002: BadContent, 45001: BadContent,
    41064: BadContent, 41065: BadContent, 40033: BadContent,
    40035: BadParameter, 40058: BadParameter, 40063: BadParameter, 40008: BadParameter, 60136: BadParameter,
    60123: BadParameter, 41046: BadParameter, 41047: BadParameter, 41093: BadParameter, 40068: BadParameter,
}  # fmt: skip


def error_for(code: int, message: str, path: str) -> WeComError:
    """The exception for a code; unknown codes keep their number and WeCom's own text."""
    return BY_CODE.get(code, WeComError)(code, message, path)
