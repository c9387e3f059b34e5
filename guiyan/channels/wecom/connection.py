"""The company's connection to WeCom, from settings. No base address means: the channel is switched off."""

from django.conf import settings

from guiyan.channels.wecom.calls import App, Customers
from guiyan.channels.wecom.client import Wire
from guiyan.channels.wecom.crypto import Keys
from guiyan.channels.wecom.tokens import DatabaseTokens
from guiyan.platform import clock


class SwitchedOff(Exception):
    """WECOM_BASE_URL is not set: nothing can be sent, and nothing is lost."""


def is_on() -> bool:
    """Whether a WeCom address is configured."""
    return bool(settings.WECOM_BASE_URL)


def app() -> App:
    """The self-built app: messages to employees."""
    return App(_wire("app", _setting("secret")), int(_setting("agentid") or 0))


def customers() -> Customers:
    """External contacts and mass messages."""
    return Customers(_wire("customers", _setting("contact_secret")))


def callback_keys() -> Keys:
    """What callbacks are signed and sealed with."""
    return Keys(_setting("callback_token"), _setting("callback_aes_key"), _setting("corpid"))


def _setting(name: str) -> str:
    return str(settings.WECOM[name])


def _wire(name: str, secret: str) -> Wire:
    if not is_on():
        raise SwitchedOff("WECOM_BASE_URL is not set.")
    return Wire(
        base_url=settings.WECOM_BASE_URL,
        corpid=_setting("corpid"),
        secret=secret,
        name=name,
        tokens=DatabaseTokens(clock.now),
    )
