"""What a recall looks like on a card: in the approvals inbox, and on a colleague's phone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiyan.approvals import queries as approvals
from guiyan.kernel.dates import local_day
from guiyan.kernel.errors import NotFound
from guiyan.platform import clock
from guiyan.platform.actors import Actor
from guiyan.platform.classes import C4
from guiyan.recall import policies
from guiyan.recall.briefs import lang_of
from guiyan.recall.engine import brief
from guiyan.recall.engine import records as r
from guiyan.recall.facts import dossier_of
from guiyan.recall.models import Brief, CandidateAnswer, RecallRequest
from guiyan.recall.queries.rows import dossier_url, links
from guiyan.recruiting.queries import CONTACT_CAP, CONTACT_DAYS


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """A card's words: at most six lines of (key ≤ 5 signs, value)."""

    title: str
    position: str
    words: str
    requester: str
    lines: tuple[tuple[str, str], ...]
    approval_path: str = ""
    first_point: str = ""


def _request(request_id: int) -> RecallRequest | None:
    rows = RecallRequest.objects.select_related(
        "candidate__wecom_owner", "requisition__department", "requester__employee", "specialist"
    )
    return rows.filter(pk=request_id).first()


def _dossier(request: RecallRequest, now: datetime) -> r.Dossier:
    return dossier_of(
        request.candidate, request.requisition, requester=request.requester, today=local_day(now),
        lang=lang_of(get_language() or ""),
    )  # fmt: skip


def card_of(*, request_id: int) -> PhoneCard | None:
    """The approval card on a phone, in the language in force. The same facts give the same card."""
    request = _request(request_id)
    if request is None:
        return None
    dossier = _dossier(request, request.created_at)
    lines = [(str(each["label"]), str(each["value"])) for each in judged(dossier, with_pay=True)]
    said = approvals.words_of(subject_kind="recall", subject_id=request.pk)
    lines += [(_("Opinion"), f"{each.name}：{each.words}") for each in said if each.words]
    return PhoneCard(
        title=_("Recall %(name)s") % {"name": request.candidate.name},
        position=request.requisition.title,
        words=request.words,
        requester=request.requester.name,
        lines=tuple(lines[:6]),
        approval_path=f"/approvals/{request.instance_id}" if request.instance_id else "/approvals/",
    )


def judged(dossier: r.Dossier, *, with_pay: bool) -> list[dict[str, Any]]:
    """What approvers judge, already answered by records: label, value, tone and sources."""
    opening = dossier.opening
    job = _("Open, %(n)s vacancy") % {"n": opening.vacancies} if opening.is_open else _("Not open now")
    rows = [_row(_("Job"), job, "ok" if opening.is_open and opening.vacancies else "bad", (opening.source,))]
    if with_pay:
        rows.append(_pay_row(dossier))
    end = dossier.disposition
    if end is not None:
        rows.append(_row(_("Reason then"), brief.quote(end.words) or end.condition, "", (end.source,)))
    changed = brief.told_change(dossier, today=clock.today(), lang=lang_of(get_language() or ""))
    if changed:
        sources = (*[each.source for each in dossier.changes], opening.source)
        rows.append(_row(_("Now"), changed, "", sources))
    return [row for row in rows if row["value"]]


def _row(label: str, value: str, tone: str, sources: tuple[r.Source, ...]) -> dict[str, Any]:
    return {"label": label, "value": value, "tone": tone, "sources": sources, "state": ""}


def _pay_row(dossier: r.Dossier) -> dict[str, Any]:
    """What they hope for against the band, both in words; a contradiction is shown, not settled."""
    said = brief.pay_statements(dossier.expectations)
    opening = dossier.opening
    band = brief.pay_in_k(opening.pay_low, opening.pay_high)
    if not said:
        return _row(
            _("Pay hoped"), _("not said; the band is %(band)s") % {"band": band} if band else "", "", ()
        )
    value = " / ".join(each.text for each in said)
    tone = ""
    figure = said[0].pay_low or said[0].pay_high
    if figure is not None and opening.pay_high is not None and band:
        fits = figure <= opening.pay_high
        tone = "ok" if fits else "bad"
        value += (_(", within %(band)s") if fits else _(", above %(band)s")) % {"band": band}
    row = _row(_("Pay hoped"), value, tone, tuple(each.source for each in said))
    return {**row, "state": "clash" if brief.pay_conflict(dossier.expectations) else ""}


def approval_card(*, actor: Actor, subject_id: int, now: datetime | None = None) -> dict[str, Any]:
    """Context of recall/approval_card.html: what this approver must judge, why this person, who said what before.

    Only for those who take part in the approval or may see the recall; raises NotFound for everybody else.
    """
    taking_part = (
        approvals.subjects_seen(actor=actor, subject_kind="recall").filter(subject_id=subject_id).exists()
    )
    if not taking_part and not policies.visible_recalls(actor).filter(pk=subject_id).exists():
        raise NotFound()
    request = _request(subject_id)
    if request is None:
        raise NotFound()
    dossier = _dossier(request, now or clock.now())
    with_pay = taking_part or actor.reads("recall.read", C4)
    candidate_id = request.candidate_id
    return {
        "request_id": request.pk,
        "name": request.candidate.name,
        "position": request.requisition.title,
        "words": request.words,
        "requester": request.requester.name,
        "asked_at": request.created_at,
        "judged": [
            {**row, "links": links(row["sources"], candidate_id)}
            for row in judged(dossier, with_pay=with_pay)
        ],
        "contact": contact_words(request, dossier),
        "regard": [
            {"text": each.words, "shareable": each.shareable, "sources": links((each.source,), candidate_id)}
            for each in _regard(dossier)
        ],
        "said": [
            each for each in approvals.words_of(subject_kind="recall", subject_id=request.pk) if each.words
        ],
        "may_open": policies.visible_recalls(actor).filter(pk=subject_id).exists(),
        "dossier_url": dossier_url(candidate_id),
    }


def _regard(dossier: r.Dossier) -> list[r.Remark]:
    """At most two remarks that speak for the person: the released ones, else the requester's own praise."""
    released = [each for each in dossier.remarks if each.shareable]
    own = [each for each in dossier.remarks if each.by_requester and each.recommended]
    return (sorted(released, key=lambda each: not each.by_requester) or own)[:2]


def contact_words(request: RecallRequest, dossier: r.Dossier) -> dict[str, str]:
    """Whether the person may be contacted, and on what basis, in words and with a tone."""
    candidate = request.candidate
    if candidate.do_not_contact_at is not None:
        return {"text": _("No: asked not to be contacted"), "tone": "bad", "basis": ""}
    times = dossier.reach.contacts_90_days
    text = _("Yes, %(times)s times in the last %(days)s days (limit %(cap)s)") % {
        "times": times, "days": CONTACT_DAYS, "cap": CONTACT_CAP,
    }  # fmt: skip
    if candidate.consent_until is None:
        return {"text": text, "tone": "wait", "basis": _("No end of consent is recorded; please check it.")}
    basis = _("Consent until %(on)s") % {"on": candidate.consent_until.isoformat()}
    return {"text": text, "tone": "ok", "basis": basis}


def brief_card(*, request_id: int) -> PhoneCard | None:
    """What the specialist sees when a recall was approved: who, which job, the first points."""
    request = _request(request_id)
    kept = Brief.objects.filter(request_id=request_id).first()
    if request is None or kept is None:
        return None
    points = kept.points(lang_of(get_language() or ""))
    first = next((each for each in points if each["code"] == "regard"), points[0])
    reason = next((each["sentence"] for each in points if each["code"] == "reason"), "")
    change = next((each["sentence"] for each in points if each["code"] == "change"), "")
    return PhoneCard(
        title=_("Contact %(name)s: points are ready") % {"name": request.candidate.name},
        position=request.requisition.title,
        words=request.words,
        requester=request.requester.name,
        first_point=f"{first['intent']}{first['sentence']}",
        lines=(
            (_("Reason then"), reason),
            (_("Now"), change),
            (_("Points"), _("%(n)s in all") % {"n": len(points)}),
        ),
    )


def candidate_name(*, request_id: int) -> str:
    """The candidate's name, for notices."""
    found = RecallRequest.objects.filter(pk=request_id).values_list("candidate__name", flat=True).first()
    return found or ""


def answer_words(kind: str) -> str:
    """An answer in the language in force."""
    return str(CandidateAnswer.Kind(kind).label)


def people_of(*, request_id: int) -> list[int]:
    """The specialist first, then the requester; user ids without doubles."""
    row = RecallRequest.objects.filter(pk=request_id).values_list("specialist_id", "requester_id").first()
    return list(dict.fromkeys(row)) if row else []
