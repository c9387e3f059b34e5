"""What the page frame shows: navigation by rights, the person, the company, what waits."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from guiyan.approvals.queries import count_waiting
from guiyan.people.queries import employee_of_user
from guiyan.platform.actors import Actor

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to go: its words, icon, URL name, the verb it needs and its g-key."""

    label: Words
    icon: str
    url_name: str
    verb: str = ""
    go: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as this person sees it now."""

    label: Words
    icon: str
    url: str
    active: bool
    count: int = 0
    hot: bool = False
    go: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading."""

    title: Words
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Me:
    """The person at the bottom of the side bar."""

    name: str
    title: str
    initial: str
    shortcuts: bool = True
    links: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything base.html needs of the frame."""

    company: str
    me: Me | None
    nav: tuple[Group, ...] = ()
    tabs: tuple[Item, ...] = ()
    toasts: list[dict[str, str]] = field(default_factory=list)


MENU: tuple[tuple[Words, tuple[Entry, ...]], ...] = (
    ("", (
        Entry(_("Home"), "inbox", "home", "", "h"),
        Entry(_("Find people"), "search", "search:find", "search.use", "f"),
        Entry(_("Recalls"), "arrow-back-up", "recall:list", "recall.read", "r"),
        Entry(_("Approvals"), "checkup-list", "approvals:inbox", "", "a"),
    )),
    (_("Talent"), (
        Entry(_("Candidates"), "users", "recruiting:candidate_list", "candidate.read"),
        Entry(_("Requisitions"), "briefcase", "recruiting:requisition_list", "requisition.read"),
        Entry(_("Bring history in"), "database-import", "importing:index", "import.run"),
    )),
    (_("People"), (Entry(_("Organisation and employees"), "sitemap", "people:organisation", "organisation.read"),)),
)  # fmt: skip


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor for base.html; nothing is read unless a page with the frame is drawn."""
    return {"shell": SimpleLazyObject(lambda: shell_for(request))}


def shell_for(request: HttpRequest) -> Shell:
    """The frame for this person on this page. Two SQL queries for a signed-in person, none otherwise."""
    actor: Actor | None = getattr(request, "actor", None)
    company = getattr(request, "company", None)
    name = company.name if company else ""
    if actor is None or not actor.signed_in:
        return Shell(name, None)
    employee = employee_of_user(actor.user_id)
    waiting = count_waiting(actor=actor)
    groups = tuple(Group(title, _items(entries, actor, request.path, waiting)) for title, entries in MENU)
    nav = tuple(group for group in groups if group.items)
    first = nav[0].items if nav else ()
    shortcuts = bool(getattr(request.user, "shortcuts", True))
    me = Me(actor.name, employee.title if employee else "", actor.name[:1], shortcuts)
    return Shell(name, me, nav, tuple(item for item in first[:4]))


def _items(entries: tuple[Entry, ...], actor: Actor, path: str, waiting: int) -> tuple[Item, ...]:
    return tuple(
        item
        for entry in entries
        if (not entry.verb or actor.may(entry.verb)) and (item := _item(entry, path, waiting)) is not None
    )


def _item(entry: Entry, path: str, waiting: int) -> Item | None:
    try:
        url = reverse(entry.url_name)
    except NoReverseMatch:
        return None
    active = path == url if url == "/" else path.startswith(url)
    count = waiting if entry.url_name == "approvals:inbox" else 0
    return Item(entry.label, entry.icon, url, active, count, count > 0, entry.go)
