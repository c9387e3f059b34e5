"""Cards on employees' phones, as WeCom wants them. Pure; every text is cut to what the card can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CardFact:
    """One line of a card: a key of at most 5 signs and a value of at most 30."""

    key: str
    value: str


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def approval_card(
    *,
    task_id: str,
    title: str,
    sub: str,
    quote: str,
    facts: Sequence[CardFact],
    url: str,
    agree: str,
    refuse: str,
    look: str,
    source: str,
) -> dict[str, Any]:
    """A button_interaction card: refuse, look (a link), agree. Keys of the buttons carry the task."""
    return {
        "card_type": "button_interaction",
        "source": {"desc": cut(source, 20), "desc_color": 0},
        "task_id": task_id,
        "main_title": {"title": cut(title, 36), "desc": cut(sub, 44)},
        "quote_area": {"type": 0, "quote_text": cut(quote, 120)},
        "horizontal_content_list": _lines(facts),
        "card_action": {"type": 1, "url": url},
        "button_list": [
            {"type": 0, "text": cut(refuse, 10), "style": 2, "key": f"refuse:{task_id}"},
            {"type": 1, "text": cut(look, 10), "style": 3, "url": url},
            {"type": 0, "text": cut(agree, 10), "style": 1, "key": f"agree:{task_id}"},
        ],
    }


def notice_card(
    *, title: str, sub: str, quote: str, facts: Sequence[CardFact], url: str, source: str
) -> dict[str, Any]:
    """A text_notice card that opens a page."""
    return {
        "card_type": "text_notice",
        "source": {"desc": cut(source, 20), "desc_color": 0},
        "main_title": {"title": cut(title, 36), "desc": cut(sub, 44)},
        **({"quote_area": {"type": 0, "quote_text": cut(quote, 120)}} if quote else {}),
        "horizontal_content_list": _lines(facts),
        "card_action": {"type": 1, "url": url},
    }


def _lines(facts: Sequence[CardFact]) -> list[dict[str, Any]]:
    return [{"keyname": cut(each.key, 5), "value": cut(each.value, 30)} for each in facts[:6] if each.value]
