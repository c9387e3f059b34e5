"""Doors: the list of candidates, the dossier, and what changes the person's own facts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guiyan.kernel.emails import mask_email
from guiyan.kernel.phones import mask_phone, national_phone
from guiyan.platform import clock
from guiyan.platform.models import StoredFile
from guiyan.platform.routes import ActedRequest, route
from guiyan.recruiting import commands, policies, queries
from guiyan.recruiting.forms.candidates import (
    CandidateEditForm,
    CandidateForm,
    ResumeForm,
    RevealForm,
    TagForm,
    WishForm,
    WordsForm,
)
from guiyan.recruiting.models import Candidate, Disposition, Expectation
from guiyan.recruiting.pages.doors import form_door, leave, only

KINDS = ("", "interview", "talk", "change")
FORM = require_http_methods(["GET", "POST"])


def dossier_url(candidate_id: int) -> str:
    """The dossier's path."""
    return reverse("recruiting:dossier", args=[candidate_id])


@route("candidate.read")
@require_GET
def candidate_list(request: ActedRequest) -> HttpResponse:
    """Everybody the viewer may see, last met first; narrowed by a few plain filters."""
    asked = only(request, "q", "state", "reason", "tag", "city", "after")
    page = queries.candidate_list(
        request.actor,
        q=asked["q"],
        state=asked["state"],
        reason=asked["reason"],
        tag=asked["tag"],
        city=asked["city"],
        after=asked["after"],
    )
    onward = ""
    if page.after:
        kept = {key: value for key, value in asked.items() if value and key != "after"}
        onward = f"?{urlencode({**kept, 'after': page.after})}"
    words = {
        "page": page, "asked": asked, "next_url": onward, "reasons": Disposition.Reason.choices, "columns": _columns(),
        "may_write": request.actor.may("candidate.write"), "crumbs": [{"label": _("Candidates")}],
        "states": [("open", _("In the running")), ("closed", _("Ended")), ("hired", _("Hired")),
            ("blocked", _("Do not contact"))],
    }  # fmt: skip
    return render(request, "recruiting/candidate_list.html", words)


def _columns() -> list[dict[str, Any]]:
    labels = (
        ("name", _("Name")), ("work", _("Work now")), ("city", _("City")), ("position", _("Applied for")),
        ("standing", _("State")), ("met", _("Last met")),
    )  # fmt: skip
    return [{"key": key, "label": label, "num": key == "met"} for key, label in labels]


@route("candidate.read")
@require_GET
def dossier(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """The dossier. htmx asks for the timeline alone, of one kind."""
    kind = only(request, "kind")["kind"]
    kind = kind if kind in KINDS else ""
    found = queries.dossier(request.actor, candidate_id, now=clock.now())
    part = "_timeline" if request.headers.get("HX-Target") == "timeline" else "dossier"
    words = {"d": found, "kind": kind, "months": found.months(kind), "tabs": _tabs(found, kind)}
    return render(request, f"recruiting/{part}.html", words)


def _tabs(found: queries.Dossier, kind: str) -> list[dict[str, Any]]:
    labels = (("", _("All")), ("interview", _("Interviews")), ("talk", _("Talks")), ("change", _("Changes")))
    here = dossier_url(found.id)
    return [
        {
            "label": label,
            "count": found.count(key),
            "active": key == kind,
            "url": f"{here}?kind={key}" if key else here,
            "last": key == "change",
        }
        for key, label in labels
    ]


@route("candidate.write")
@FORM
def candidate_create(request: ActedRequest) -> HttpResponse:
    """A new dossier by hand."""

    def act(form: CandidateForm) -> Candidate:
        return commands.create_candidate(actor=request.actor, now=clock.now(), **_given(form))

    return form_door(
        request, form=CandidateForm(request.POST or None), act=act, done=lambda made: dossier_url(made.pk),  # type: ignore[arg-type]
        title=_("New candidate"), submit=_("Create the dossier"), back=reverse("recruiting:candidate_list"),
        template="recruiting/candidate_form.html",
    )  # fmt: skip


def _given(form: CandidateForm) -> dict[str, Any]:
    return {key: value for key, value in form.cleaned_data.items() if value not in {None, ""}}


@route("candidate.write")
@FORM
def candidate_edit(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Correct the basics. Phone and e-mail are never sent to the browser: empty keeps them."""
    person = policies.seen(request.actor, "candidate.write", candidate_id)
    masked = {"phone": mask_phone(person.phone), "email": mask_email(person.email)}
    start = {name: getattr(person, name) for name in CandidateForm.base_fields if name not in masked}
    form = CandidateEditForm(
        request.POST or None, initial=start, masked={key: value for key, value in masked.items() if value}
    )

    def act(given: CandidateForm) -> Candidate:
        kept = {key: value for key, value in given.cleaned_data.items() if value or key not in masked}
        return commands.update_candidate(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **kept
        )

    return form_door(
        request, form=form, act=act, done=lambda _made: dossier_url(candidate_id), submit=_("Save"),  # type: ignore[arg-type]
        title=_("Correct %(name)s") % {"name": person.name}, back=dossier_url(candidate_id),
        template="recruiting/candidate_form.html",
    )  # fmt: skip


@route("candidate.reveal")
@require_POST
def contact_reveal(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Show one masked value for this moment; the look is logged and counted."""
    facts = RevealForm(request.POST).facts_or_refuse()
    value = commands.reveal_contact(actor=request.actor, candidate_id=candidate_id, now=clock.now(), **facts)
    field = facts["field"]
    shown = national_phone(value) if field == "phone" else value
    if field == "phone" and len(shown) == 11:
        shown = f"{shown[:3]} {shown[3:7]} {shown[7:]}"
    words = {"id": f"reveal-{field}", "shown": shown, "icon": "mail" if field == "email" else "phone"}
    if not request.headers.get("HX-Request"):
        words |= {"title": _("Reach"), "back": dossier_url(candidate_id)}
        return render(request, "recruiting/revealed.html", words)
    return render(request, "ui/reveal.html", words)


@route("tag.write")
@FORM
def tag_add(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Put a tag on."""
    policies.seen(request.actor, "tag.write", candidate_id)
    return form_door(
        request, form=TagForm(request.POST or None), title=_("Add a tag"), submit=_("Add"), back=dossier_url(candidate_id),
        act=lambda form: commands.add_tag(
            actor=request.actor, candidate_id=candidate_id, name=form.cleaned_data["name"], now=clock.now()
        ),
        done=lambda _made: dossier_url(candidate_id),
    )  # fmt: skip


@route("tag.write")
@require_POST
def tag_remove(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Take a tag off."""
    name = TagForm(request.POST).facts_or_refuse()["name"]
    commands.remove_tag(actor=request.actor, candidate_id=candidate_id, name=name, now=clock.now())
    return leave(request, dossier_url(candidate_id))


@route("communication.write")
@FORM
def wish_add(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Note what the person wants."""
    policies.seen(request.actor, "communication.write", candidate_id)
    form = WishForm(request.POST or None)
    if not policies.reads_pay(request.actor):
        for name in ("pay_min", "pay_max"):
            del form.fields[name]

    def act(given: WishForm) -> Expectation:
        facts = dict(given.cleaned_data)
        words = facts.pop("words")
        pay = facts["topic"] == Expectation.Topic.PAY
        facts["pay_words" if pay else "words"] = words
        return commands.record_expectation(
            actor=request.actor, candidate_id=candidate_id, now=clock.now(), **facts
        )

    return form_door(
        request, form=form, act=act, done=lambda _made: f"{dossier_url(candidate_id)}#exp", title=_("Add a wish"),  # type: ignore[arg-type]
        submit=_("Keep it"), back=dossier_url(candidate_id),
    )  # fmt: skip


@route("resume.write")
@FORM
def resume_upload(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """Keep a résumé; the content is judged, not the name."""
    policies.seen(request.actor, "resume.write", candidate_id)
    form = ResumeForm(request.POST or None, request.FILES or None)

    def act(given: ResumeForm) -> Any:
        facts = dict(given.cleaned_data)
        file = facts.pop("file")
        content = file.read() if file else None
        return commands.store_resume(
            actor=request.actor, candidate_id=candidate_id, content=content, file_name=file.name if file else "",
            now=clock.now(), **facts,
        )  # fmt: skip

    return form_door(
        request, form=form, act=act, done=lambda _made: dossier_url(candidate_id), title=_("Add a résumé"),  # type: ignore[arg-type]
        submit=_("Upload"), back=dossier_url(candidate_id),
    )  # fmt: skip


@route("resume.read")
@require_GET
def resume_file(request: ActedRequest, candidate_id: int, resume_id: int) -> HttpResponse:
    """The file itself: after the check, as an attachment, never shown inside our pages."""
    row, content = commands.take_resume_file(
        actor=request.actor, candidate_id=candidate_id, resume_id=resume_id, now=clock.now()
    )
    return file_answer(row, content)


def file_answer(row: StoredFile, content: bytes) -> HttpResponse:
    """A stored file as a download that no browser runs or sniffs."""
    answer = HttpResponse(content, content_type=row.content_type)
    answer["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer


@route("communication.write")
@FORM
def do_not_contact(request: ActedRequest, candidate_id: int) -> HttpResponse:
    """The person does not want to hear from us again."""
    person = policies.seen(request.actor, "communication.write", candidate_id)
    return form_door(
        request, form=WordsForm(request.POST or None), title=_("Never contact %(name)s again") % {"name": person.name},
        submit=_("Block every channel"), back=dossier_url(candidate_id), done=lambda _made: dossier_url(candidate_id),
        act=lambda form: commands.set_do_not_contact(
            actor=request.actor, candidate_id=candidate_id, words=form.cleaned_data["words"], now=clock.now()
        ),
    )  # fmt: skip
