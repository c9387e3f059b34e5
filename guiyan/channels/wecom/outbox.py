"""Cards and notices to employees: who gets what, and closing cards that no longer ask anything."""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiyan.channels.models import WeComCard
from guiyan.channels.wecom import cards, connection
from guiyan.channels.wecom.cards import CardFact
from guiyan.channels.wecom.errors import BadParameter, CardUsedUp, NoRecipient
from guiyan.kernel.errors import Refused
from guiyan.people import queries as people
from guiyan.platform.api import refusal_words
from guiyan.recall import queries

log = logging.getLogger("guiyan.channels")
REFUSED_ON_CARD = gettext_lazy("Refused on the WeCom card, without words.")


def wecom_of(user_id: int) -> str:
    """The WeCom id of a user, "" when there is none: then the app itself is where they see it."""
    employee = people.employee_of_user(user_id)
    return (employee.wecom_userid or "") if employee else ""


def send_approval_card(*, task_id: int, assignee_id: int, subject_id: int, now: datetime) -> None:
    """The card that asks one approver. One row per task; the body is the same at every try, so WeCom drops repeats."""
    userid = wecom_of(assignee_id)
    if not userid or not connection.is_on():
        return
    card, _made = WeComCard.objects.get_or_create(
        task_id=f"task-{task_id}", defaults={"userid": userid, "subject": f"recall:{subject_id}"}
    )
    if card.sent_at is not None or card.closed_at is not None:
        return
    with translation.override("zh-hans"):
        facts = queries.card_of(request_id=subject_id)
        if facts is None:
            return
        content = cards.approval_card(
            task_id=card.task_id,
            title=facts.title,
            sub=f"{facts.position} · {_('please decide')}",
            quote=f"「{facts.words}」{facts.requester}",
            facts=[CardFact(key, value) for key, value in facts.lines],
            url=f"{settings.BASE_URL}{facts.approval_path}",
            agree=_("Agree"),
            refuse=_("Refuse"),
            look=_("Look closer"),
            source=_("Guiyan · approvals"),
        )
    sent = connection.app().send(userid, "template_card", content)
    card.sent_at = now
    card.response_code = sent.response_code
    card.save(update_fields=["sent_at", "response_code"])


def close_cards(task_ids: list[int], words: str, *, now: datetime) -> None:
    """Make the buttons of these tasks' cards one dead line, wherever they are."""
    for card in WeComCard.objects.filter(task_id__in=[f"task-{each}" for each in task_ids], closed_at=None):
        close_card(card, words, now=now)


def close_card(card: WeComCard, words: str, *, now: datetime) -> None:
    """Close one card. A used-up response code means it is closed already; that is fine."""
    if connection.is_on() and card.response_code:
        try:
            connection.app().close_card([card.userid], str(card.response_code), cards.cut(words, 30))
        except (CardUsedUp, NoRecipient, BadParameter) as error:
            log.info("card %s could not be closed: %s", card.task_id, error.code)
    card.closed_at, card.closed_words, card.response_code = now, words[:60], None
    card.save(update_fields=["closed_at", "closed_words", "response_code"])


def close_card_later(card_id: int, words: str) -> None:
    """Close a card from a job of its own: the network is never touched inside a decision's transaction."""
    from guiyan.channels.jobs import close_one_card

    close_one_card.later(card_id=card_id, words=words)


def words_of(refused: Refused) -> str:
    """What holds now, for the dead line of a late click."""
    with translation.override("zh-hans"):
        words = refused.facts.get("words")
        return str(words) if words else refusal_words(refused)[0]


def notify(
    *, user_id: int, title: str, sub: str, path: str, quote: str = "", facts: list[CardFact] | None = None
) -> bool:
    """A notice on one colleague's phone that opens a page. False when they have no WeCom or it is off."""
    userid = wecom_of(user_id)
    if not userid or not connection.is_on():
        return False
    card = cards.notice_card(
        title=title,
        sub=sub,
        quote=quote,
        facts=facts or [],
        url=f"{settings.BASE_URL}{path}",
        source=_("Guiyan · recall"),
    )
    connection.app().send(userid, "template_card", card)
    return True
