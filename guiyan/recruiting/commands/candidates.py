"""Candidates: making and correcting a dossier's basics."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from guiyan.kernel import names
from guiyan.kernel.dates import local_day
from guiyan.kernel.emails import normalise_email
from guiyan.kernel.errors import InvalidInput, Refused, gettext_noop
from guiyan.kernel.phones import normalise_phone
from guiyan.people.queries import employee_of_user
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.platform.fields import index_of
from guiyan.recruiting import events, policies
from guiyan.recruiting.engine.identity import valid_id_number
from guiyan.recruiting.models import Candidate, WorkHistory

FACTS = frozenset(
    {
        "name", "english_name", "salutation", "phone", "other_phones", "wechat", "email", "id_number", "city", "company",
        "title", "years", "years_as_of", "school", "degree", "major", "source", "language", "consent_until", "consent_on",
        "consent_basis", "phone_verified_on", "owner_id",
    }
)  # fmt: skip


class CandidateExists(Refused):
    """Another dossier holds the same phone or identity number."""

    code = "candidate_exists"
    status = 409
    message = gettext_noop("%(name)s already has a dossier with this %(what)s.")
    fix = gettext_noop("Open that dossier and add what is new there.")


def refuse(field: str, problem: str, remedy: str) -> InvalidInput:
    """A refusal that names field, problem and remedy (already translated)."""
    return InvalidInput(field=field, problem=problem, remedy=remedy)


@transaction.atomic
def create_candidate(*, actor: Actor, name: str, now: datetime, **facts: Any) -> Candidate:
    """A new dossier. `facts` are columns of FACTS; phone in any usual writing. Emits CandidateCreated.

    Raises InvalidInput for unreadable values, CandidateExists when phone or identity number is known.
    """
    actor.require("candidate.write")
    values = clean_facts({"name": name, **facts})
    _refuse_double(values)
    candidate = Candidate(created_at=now, last_met_on=local_day(now), **values)
    if candidate.owner_id is None:
        candidate.owner = employee_of_user(actor.user_id)
    candidate.save()
    emit(events.CandidateCreated(candidate_id=candidate.pk, source=candidate.source, at=now), actor=actor)
    return candidate


@transaction.atomic
def update_candidate(*, actor: Actor, candidate_id: int, now: datetime, **facts: Any) -> Candidate:
    """Correct the facts given and no others. Emits CandidateChanged with the names of the changed columns."""
    candidate = policies.lock_candidate(actor, "candidate.write", candidate_id)
    values = clean_facts(facts)
    _refuse_double(values, besides=candidate.pk)
    changed = [key for key, value in values.items() if getattr(candidate, key) != value]
    if not changed:
        return candidate
    for key in changed:
        setattr(candidate, key, values[key])
    candidate.save()
    emit(
        events.CandidateChanged(candidate_id=candidate.pk, fields=tuple(sorted(changed)), at=now), actor=actor
    )
    return candidate


@transaction.atomic
def record_work(
    *,
    actor: Actor,
    candidate_id: int,
    company: str,
    now: datetime,
    title: str = "",
    words: str = "",
    from_year: int | None = None,
    until_year: int | None = None,
    source: str = "",
    said_on: date | None = None,
) -> WorkHistory:
    """One job of the person. `until_year` None with a `from_year` means until now. Emits CandidateChanged."""
    candidate = policies.lock_candidate(actor, "candidate.write", candidate_id)
    if from_year and until_year and until_year < from_year:
        raise refuse(
            _("Years"), _("The job ends before it begins."), _("Exchange the years or correct one of them.")
        )
    work = WorkHistory.objects.create(
        candidate=candidate, company=company.strip(), title=title.strip(), words=words.strip(), from_year=from_year,
        until_year=until_year, source=source, said_on=said_on,
    )  # fmt: skip
    emit(events.CandidateChanged(candidate_id=candidate.pk, fields=("work_history",), at=now), actor=actor)
    return work


def clean_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Column values in their one stored form. Raises InvalidInput, also for a fact nobody knows."""
    for key in facts:
        if key not in FACTS:
            raise refuse(key, _("There is no such fact."), _("Remove it and send again."))
    values = {key: value.strip() if isinstance(value, str) else value for key, value in facts.items()}
    for key, clean in CLEANERS.items():
        if key in values:
            values[key] = clean(values[key])
    if "name" in values:
        values["pinyin"] = names.display_pinyin(values["name"])[:120]
        values["initials"] = names.initials(values["name"])[:20]
    _fit(values)
    return values


def _fit(values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        limit = getattr(Candidate._meta.get_field(key), "max_length", None)
        if isinstance(value, str) and limit and len(value) > limit:
            label = str(getattr(Candidate._meta.get_field(key), "verbose_name", key))
            raise refuse(
                label,
                _("%(n)d characters are too long, %(limit)d fit.") % {"n": len(value), "limit": limit},
                _("Shorten it."),
            )


def _name(raw: str) -> str:
    name = names.clean_name(raw)
    if not name:
        raise refuse(_("Name"), _("It is empty."), _("Enter the person's name."))
    return name


def _phone(raw: str | None) -> str | None:
    if not raw:
        return None
    found = normalise_phone(raw)
    if found is None:
        raise refuse(
            _("Phone"),
            _("“%(raw)s” is no phone number.") % {"raw": raw[:20]},
            _("Enter 11 digits, or + and the country code."),
        )
    return found


def _other_phones(raw: str | None) -> str | None:
    numbers = [
        _phone(part)
        for part in (raw or "").replace(",", "\n").replace("，", "\n").split("\n")
        if part.strip()
    ]
    return "\n".join(dict.fromkeys(number for number in numbers if number)) or None


def _email(raw: str | None) -> str | None:
    if not raw:
        return None
    found = normalise_email(raw)
    if found is None:
        raise refuse(
            _("E-mail"),
            _("“%(raw)s” is no e-mail address.") % {"raw": raw[:60]},
            _("Write it like name@example.com."),
        )
    return found


def _id_number(raw: str | None) -> str | None:
    if not raw:
        return None
    number = raw.replace(" ", "").upper()
    if not valid_id_number(number):
        raise refuse(
            _("Identity number"), _("The check digit does not fit."), _("Compare it with the card, 18 signs.")
        )
    return number


def _years(raw: int | str | None) -> int | None:
    if raw in {None, ""}:
        return None
    years = int(raw)
    if not 0 <= years <= 60:
        raise refuse(
            _("Years of experience"), _("%(n)d years cannot be.") % {"n": years}, _("Enter 0 to 60.")
        )
    return years


def _salutation(raw: str | None) -> str:
    if (raw or "") not in {"", *Candidate.Salutation.values}:
        raise refuse(_("Form of address"), _("“%(raw)s” is unknown.") % {"raw": raw}, _("Choose Ms. or Mr."))
    return raw or ""


CLEANERS: dict[str, Callable[..., Any]] = {
    "name": _name, "phone": _phone, "other_phones": _other_phones, "email": _email, "id_number": _id_number,
    "years": _years, "salutation": _salutation, "wechat": lambda raw: raw or None,
}  # fmt: skip


def _refuse_double(values: Mapping[str, Any], besides: int | None = None) -> None:
    """Phone and identity number belong to one person. (Names do not: they are only offered as hints.)"""
    for key, what in (("phone", _("phone number")), ("id_number", _("identity number"))):
        if not values.get(key):
            continue
        same = Q(**{f"{key}_index": index_of(Candidate, f"{key}_index", values[key])})
        other = Candidate.objects.filter(same).exclude(pk=besides or 0).only("name").first()
        if other is not None:
            raise CandidateExists(name=other.name, what=what)
