"""The composer: text, preview as the candidate will see it, and what the guard says."""

import itertools
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from guiyan.approvals import queries as approvals
from guiyan.platform.actors import Actor
from guiyan.platform.api import refusal_words
from guiyan.recall import below, messages, policies, rules
from guiyan.recall.engine import templates
from guiyan.recall.engine.guard import Refusal
from guiyan.recall.messages import Desk
from guiyan.recall.models import MessageTemplate, Outreach
from guiyan.recall.queries.rows import SourceLink, source_link
from guiyan.recruiting.queries import CONTACT_CAP, CONTACT_DAYS


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the preview: `source` when it came from the dossier, `refused` when it must not leave."""

    text: str
    variable: str = ""
    source: SourceLink | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """A refusal in the reader's words, and the text without the sentence ("delete this sentence")."""

    kind: str
    title: str
    text: str
    reason: str
    fix: str
    start: int
    end: int
    person: str
    source: SourceLink | None


@dataclass(frozen=True, slots=True)
class CheckView:
    """What htmx swaps while typing: preview, refusals, the list of what is in order."""

    lines: list[list[Piece]]
    paragraphs: list[list[Piece]]
    refusals: list[RefusalRow]
    passed: list[str]
    contact_problem: str
    contact_fix: str
    length: int
    can_send: bool


@dataclass(frozen=True, slots=True)
class ComposerView:
    """The whole page."""

    request_id: int
    number: str
    name: str
    agreed: str
    sender: str
    company: str
    text: str
    template_id: int | None
    template_title: str
    templates: list[MessageTemplate]
    variables: list[tuple[str, str, str]]
    check: CheckView
    card: dict[str, str]
    state: str


def composer_view(
    *, actor: Actor, request_id: int, now: datetime, template_id: int | None = None
) -> ComposerView:
    """The composer of one recall: the draft as it was left, else the fitting template filled. Raises NotFound, NotAllowed."""
    request = policies.request_for(actor, request_id)
    policies.require_contact(actor, request)
    desk = messages.desk_for(request, below.user_of(actor), now=now)
    draft = Outreach.objects.filter(request=request, state=Outreach.State.DRAFT).first()
    choices = messages.choices(desk)
    chosen = _chosen(choices, template_id, draft, contacted=request.state == "CONTACTED")
    text = draft.text if draft is not None and template_id is None else ""
    if not text and chosen is not None:
        text = messages.fill_template(desk, chosen).text
    said = approvals.words_of(subject_kind="recall", subject_id=request.pk)
    values = desk.values
    return ComposerView(
        request_id=request.pk,
        number=request.number,
        name=request.candidate.name,
        agreed="、".join(
            dict.fromkeys([request.requester.name, *[each.name for each in said if each.state == "done"]])
        ),
        sender=desk.sender.name,
        company=desk.company,
        text=text,
        template_id=chosen.pk if chosen else None,
        template_title=chosen.title if chosen else _("none"),
        templates=choices,
        variables=[
            (name, str(_(label)), values[name].text)
            for name, label in templates.VARIABLES.items()
            if name in values
        ],
        check=_check(desk, text),
        card=messages.link_card(desk),
        state=request.state,
    )


def _chosen(
    choices: list[MessageTemplate], template_id: int | None, draft: Outreach | None, *, contacted: bool
) -> MessageTemplate | None:
    wanted = template_id or (draft.template_id if draft else None)
    found = next((each for each in choices if each.pk == wanted), None)
    if found is None and contacted:
        found = next((each for each in choices if each.kind == "REMINDER"), None)
    return found or (choices[0] if choices else None)


def check_text(*, actor: Actor, request_id: int, text: str, now: datetime) -> CheckView:
    """Preview and guard for a text being typed. Changes nothing. Raises NotFound, NotAllowed."""
    request = policies.request_for(actor, request_id)
    policies.require_contact(actor, request)
    desk = messages.desk_for(request, below.user_of(actor), now=now)
    return _check(desk, text.replace("\r\n", "\n"))


def _check(desk: Desk, text: str) -> CheckView:
    found = messages.refusals(desk, text)
    refusal = rules.state_refusal(desk.request) or rules.contact_refusal(
        desk.request.candidate, today=desk.today, within=desk.request
    )
    problem, fix = refusal_words(refusal) if refusal else ("", "")
    candidate_id = desk.request.candidate_id
    lines = _lines(desk, text, found)
    return CheckView(
        lines=lines,
        paragraphs=[line for line in lines if line],
        refusals=[_row(each, candidate_id) for each in found],
        passed=_passed(desk, found, blocked=refusal is not None),
        contact_problem=problem,
        contact_fix=fix,
        length=len(text),
        can_send=not found and refusal is None,
    )


def _row(refusal: Refusal, candidate_id: int) -> RefusalRow:
    return RefusalRow(
        kind=refusal.kind,
        title=_("This sentence cannot go: “%(text)s”") % {"text": refusal.text}
        if refusal.text
        else _("Not ready yet"),
        text=refusal.text,
        reason=_(refusal.reason) % refusal.facts,
        fix=_(refusal.fix) % refusal.facts,
        start=refusal.span[0],
        end=refusal.span[1],
        person=refusal.source.person if refusal.source and refusal.kind == "internal" else "",
        source=source_link(refusal.source, candidate_id)
        if refusal.source and refusal.kind == "internal"
        else None,
    )


def _passed(desk: Desk, found: tuple[Refusal, ...], *, blocked: bool) -> list[str]:
    kinds = {each.kind for each in found}
    times = desk.dossier.reach.contacts_90_days
    lines = []
    if "internal" not in kinds:
        lines.append(_("No internal remarks"))
    if not kinds & {"person", "contact"}:
        lines.append(_("Nothing about other candidates"))
    if "pay" not in kinds:
        lines.append(_("No pay figures that were not cleared"))
    if not kinds & {"variable", "empty"}:
        lines.append(_("Every variable is filled"))
    if not blocked:
        words = _("May be contacted: %(times)s times in %(days)s days, the limit is %(cap)s")
        lines.append(words % {"times": times, "days": CONTACT_DAYS, "cap": CONTACT_CAP})
    return lines


def _lines(desk: Desk, text: str, found: tuple[Refusal, ...]) -> list[list[Piece]]:
    """The text line by line, cut where it came from the dossier and where it is refused."""
    traced = templates.trace(text, desk.values)
    candidate_id = desk.request.candidate_id
    paragraphs: list[list[Piece]] = [[]]
    at = 0
    for part in traced:
        link = source_link(part.source, candidate_id) if part.source else None
        for cut in _cuts(at, part.text, found):
            for index, line in enumerate(text[cut[0] : cut[1]].split("\n")):
                if index:
                    paragraphs.append([])
                if line:
                    paragraphs[-1].append(Piece(line, part.variable, link, refused=cut[2]))
        at += len(part.text)
    return paragraphs


def _cuts(start: int, text: str, found: tuple[Refusal, ...]) -> list[tuple[int, int, bool]]:
    """[start, end) stretches of one segment with whether a refusal covers them."""
    end = start + len(text)
    edges = {start, end}
    for each in found:
        edges |= {edge for edge in each.span if start < edge < end}
    marks = sorted(edges)
    spans = [each.span for each in found if each.text]
    return [
        (left, right, any(a <= left and right <= b for a, b in spans))
        for left, right in itertools.pairwise(marks)
    ]
