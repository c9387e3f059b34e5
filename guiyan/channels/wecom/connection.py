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
    return App(_wire("app", settings.WECOM["secret"]), int(settings.WECOM["agentid"]))


def customers() -> Customers:
    """External contacts and mass messages."""
    return Customers(_wire("customers", settings.WECOM["contact_secret"]))


def callback_keys() -> Keys:
    """What callbacks are signed and sealed with."""
    return Keys(
        settings.WECOM["callback_token"], settings.WECOM["callback_aes_key"], settings.WECOM["corpid"]
    )


def _wire(name: str, secret: str) -> Wire:
    if not is_on():
        raise SwitchedOff("WECOM_BASE_URL is not set.")
    return Wire(
        base_url=settings.WECOM_BASE_URL,
        corpid=settings.WECOM["corpid"],
        secret=secret,
        name=name,
        tokens=DatabaseTokens(clock.now),
    )
