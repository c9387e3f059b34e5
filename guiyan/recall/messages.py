"""Filling and checking messages: the values a template gets, and the house the guard defends."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import Refused, gettext_noop
from guiyan.people import queries as people
from guiyan.platform.tenants.models import Company
from guiyan.recall import below
from guiyan.recall.briefs import lang_of
from guiyan.recall.engine import brief, guard, templates, textscan
from guiyan.recall.engine import records as r
from guiyan.recall.engine.guard import House, Inside, Refusal, Stranger
from guiyan.recall.engine.templates import Fill, Rendered
from guiyan.recall.facts import dossier_of
from guiyan.recall.models import CandidateAnswer, MessageTemplate, RecallRequest
from guiyan.recall.models.requests import User


class MessageRefused(Refused):
    """The guard found something that must not leave; `refusals` name each sentence."""

    code = "message_refused"
    message = gettext_noop("This message cannot be sent: %(first)s")
    fix = gettext_noop("%(remedy)s")

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        first = refusals[0]
        super().__init__(
            first=f"「{first.text}」" if first.text else _(first.reason) % first.facts,
            remedy=_(first.fix) % first.facts,
            refusals=[
                {"kind": each.kind, "text": each.text, "start": each.span[0], "end": each.span[1]}
                for each in refusals
            ],
        )


@dataclass(frozen=True)
class Desk:
    """Everything a message to one candidate needs, gathered once: language, dossier, sender, day."""

    request: RecallRequest
    sender: User
    lang: r.Lang
    dossier: r.Dossier
    today: date
    company: str
    company_full: str
    values: dict[str, Fill] = field(default_factory=dict)


def desk_for(request: RecallRequest, sender: User, *, now: datetime) -> Desk:
    """Gather the desk in the candidate's own language."""
    today, lang = local_day(now), lang_of(request.candidate.language)
    dossier = dossier_of(
        request.candidate, request.requisition, requester=request.requester, today=today, lang=lang
    )
    short, full = company_names()
    desk = Desk(request, sender, lang, dossier, today, short, full)
    desk.values.update(_fills(desk))
    return desk


def _schema() -> str:
    """The current company's schema (django-tenants puts it on the connection)."""
    return str(getattr(connection, "schema_name", ""))


def company_names() -> tuple[str, str]:
    """The short and the legal name of the current company; the short one twice where no legal name is set."""
    row = Company.objects.filter(schema_name=_schema()).values_list("name", "full_name").first()
    return (row[0], row[1] or row[0]) if row else ("", "")


def _fills(desk: Desk) -> dict[str, Fill]:
    """The value of every template variable that is known for this candidate; missing facts are left out."""
    dossier, lang = desk.dossier, desk.lang
    values = {
        "address": Fill(dossier.person.address or dossier.person.name),
        "company": Fill(desk.company),
        "sender": Fill(desk.sender.name),
        "requester": Fill(dossier.requester),
        "position": Fill(dossier.opening.title, dossier.opening.source),
        "position_then": Fill(dossier.position_then, dossier.application_source),
    }
    talk = next(
        (each for each in dossier.talks if each.source.on and (desk.today - each.source.on).days < 365), None
    )
    if talk is not None:
        values["last_talk"] = Fill(_month(desk, talk.source.on), talk.source)
    end = dossier.disposition
    if end is not None and end.source.on is not None:  # the month of the answer is the one people remember
        values["met_on"] = Fill(_month(desk, end.source.on), end.source)
    elif dossier.applied_on is not None:
        values["met_on"] = Fill(_month(desk, dossier.applied_on), dossier.application_source)
    regard = brief.told_regard(dossier)
    if regard is not None:
        values["regard" if regard.by_requester else "praise"] = Fill(
            _to_you(brief.quote(regard.words), dossier.person), regard.source
        )
    if dossier.disposition is not None:
        values["reason"] = Fill(brief.sayable_reason(dossier.disposition), dossier.disposition.source)
    changed = brief.told_change(dossier, today=desk.today, lang=lang)
    source = dossier.changes[0].source if dossier.changes else dossier.opening.source
    values["change"] = Fill(changed, source)
    later = _later_on(desk)
    if later is not None:
        values["later_on"] = Fill(_month(desk, later))
    return {name: fill for name, fill in values.items() if fill.text}


def _to_you(words: str, person: r.Person) -> str:
    """A remark about the person, turned to the person: 问她缺料 → 问您缺料. Only where the pronoun is known."""
    return words.replace(person.pronoun, "您") if person.pronoun in ("她", "他") else words


def _month(desk: Desk, on: date | None) -> str:
    return brief.told_month(on, today=desk.today, dossier=desk.dossier, lang=desk.lang)


def _later_on(desk: Desk) -> date | None:
    answers = CandidateAnswer.objects.filter(
        outreach__request__candidate=desk.request.candidate, later_on__isnull=False
    )
    return answers.order_by("-at").values_list("later_on", flat=True).first()


def choices(desk: Desk) -> list[MessageTemplate]:
    """Active templates in the candidate's language, the one that fits this history first."""
    rows = MessageTemplate.objects.filter(active=True, language=desk.lang)
    reason = desk.dossier.disposition.reason if desk.dossier.disposition else ""
    return sorted(
        rows, key=lambda each: (each.kind != "FIRST", each.reason != reason, each.reason != "OTHER", each.pk)
    )


def fill_template(desk: Desk, template: MessageTemplate) -> Rendered:
    """A template filled for this candidate."""
    return templates.render(template.body, desk.values)


def house_of(desk: Desk, text: str) -> House:
    """What the guard must know to judge this text: four statements, none grows with the talent pool."""
    dossier = desk.dossier
    inside = [Inside(each.source, each.words) for each in dossier.remarks if not each.shareable]
    end = dossier.disposition
    if end is not None and not brief.sayable_reason(end) and end.words.strip():
        inside.append(Inside(end.source, end.words))
    opened = [each.words for each in dossier.remarks if each.shareable]
    opened += [fill.text for fill in desk.values.values()]
    opened += [dossier.position_then, desk.request.requisition.department.name, desk.company_full]
    opened += [each.text for each in dossier.changes]
    return House(
        internal=tuple(inside),
        strangers=_strangers(desk, text),
        open_words=tuple(opened),
        own_contacts=_own_contacts(desk.sender),
    )


def _strangers(desk: Desk, text: str) -> tuple[Stranger, ...]:
    """Other candidates the text names. Colleagues may be named; the candidate's own name is no stranger."""
    names = textscan.possible_names(text) - {desk.request.candidate.name}
    found = below.names_of_candidates(names, but=desk.request.candidate_id)
    if not found:
        return ()
    colleagues = below.employee_names({name for _, name in found})
    return tuple(
        Stranger(r.Source("candidate", str(pk), name), name) for pk, name in found if name not in colleagues
    )


def _own_contacts(sender: User) -> frozenset[str]:
    employee = people.employee_of_user(sender.pk)
    phone = (employee.phone or "") if employee else ""
    return frozenset({phone.removeprefix("+86")} - {""})


def refusals(desk: Desk, text: str) -> tuple[Refusal, ...]:
    """Everything that keeps this text from leaving."""
    return guard.check(text, house_of(desk, text))


def require_clean(desk: Desk, text: str) -> None:
    """Raises MessageRefused naming every sentence that must not leave."""
    found = refusals(desk, text)
    if found:
        raise MessageRefused(found)


def link_card(desk: Desk) -> dict[str, str]:
    """Title and text of the link under the message, in the candidate's language."""
    title = desk.dossier.opening.title
    if desk.lang == "en":
        return {
            "title": f"{desk.company} would like to talk with you",
            "desc": f"{title} · pick a time, or tell us no",
        }
    return {"title": f"{desk.company}请您回来聊聊", "desc": f"{title} · 选个时间，或告诉我们不方便"}
