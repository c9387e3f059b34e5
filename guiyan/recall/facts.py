"""From rows to the records the engines take: everything that travels with a recall, in one language."""

from datetime import date, timedelta
from typing import Any

from guiyan.kernel.dates import local_day
from guiyan.kernel.names import display_english, salutation, split_name
from guiyan.people import queries as people
from guiyan.recall.engine import records as r
from guiyan.recall.models.requests import Candidate, Requisition, User
from guiyan.recruiting.queries import CONTACT_CAP, CONTACT_DAYS

LABELS: dict[r.Lang, dict[str, str]] = {
    "zh-hans": {
        "evaluation": "{round}评价", "disposition": "处理结果", "organisation": "组织变更单", "contact": "电话",
        "email": "邮箱", "PHONE": "电话", "WECOM": "企业微信", "WECHAT": "微信", "EMAIL": "邮件", "SMS": "短信",
        "MEETING": "面谈", "PAGE": "候选人页面", "NOTE": "备注",
        "expectation": "求职期望", "resume": "简历", "work": "在{company}任{title}", "work_at": "在{company}",
    },
    "en": {
        "evaluation": "{round} evaluation", "disposition": "Disposition", "organisation": "Organisation change",
        "contact": "Phone", "email": "E-mail", "PHONE": "Phone", "WECOM": "WeCom", "WECHAT": "WeChat", "EMAIL": "E-mail",
        "SMS": "SMS", "MEETING": "Meeting", "PAGE": "Candidate page", "NOTE": "Note", "expectation": "Expectation",
        "resume": "Résumé",
        "work": "{title} at {company}", "work_at": "at {company}",
    },
}  # fmt: skip
KINDS = {"PHONE": "phone", "WECOM": "wecom", "WECHAT": "wecom", "EMAIL": "email", "SMS": "sms"}


def dossier_of(
    candidate: Candidate, requisition: Requisition, *, requester: User, today: date, lang: r.Lang
) -> r.Dossier:
    """Everything a brief is made from. Eight SQL statements whatever the length of the history."""
    application = _last_closed(candidate)
    end = getattr(application, "disposition", None) if application else None
    return r.Dossier(
        person=_person(candidate, lang),
        opening=_opening(requisition),
        requester=address_of(requester, lang),
        position_then=application.position if application else "",
        applied_on=application.applied_on if application else None,
        application_source=_application_source(application),
        disposition=_disposition(end, lang),
        remarks=_remarks(candidate, requester, lang),
        expectations=_expectations(candidate, lang),
        talks=_talks(candidate, lang),
        changes=_changes(requisition, application, end, today=today, lang=lang),
        reach=_reach(candidate, today=today, lang=lang),
    )


def address_of(user: User, lang: r.Lang) -> str:
    """How the house speaks of a colleague: 王总 for those in charge, the name for the rest."""
    employee = people.employee_of_user(user.pk)
    title = employee.title if employee else ""
    if lang == "en":
        return display_english(user.name)
    surname = split_name(user.name).surname
    return (
        f"{surname}总"
        if surname and any(word in title for word in ("总经理", "董事长", "总裁", "总监"))
        else user.name
    )


def greeting_of(candidate: Candidate, lang: r.Lang) -> str:
    """张女士 where the form of address is known for sure, else the full name."""
    return salutation(candidate.name, {"MS": "F", "MR": "M"}.get(candidate.salutation), lang)


def last_applied_on(candidate: Candidate) -> date | None:
    """The local day of the newest application, None when there is none."""
    rows = candidate.applications.order_by("-applied_on").values_list("applied_on", flat=True)
    return rows.first()


def contacts_since(candidate: Candidate, since: date):  # type: ignore[no-untyped-def]  # rows belong to recruiting
    """Times the company reached out since a local day: messages and calls from us, not what came from the person."""
    channels = ["PHONE", "WECOM", "WECHAT", "EMAIL", "SMS"]
    return candidate.communications.filter(
        direction__in=["OUT", "BOTH"], channel__in=channels, at__date__gte=since
    )


def _person(candidate: Candidate, lang: r.Lang) -> r.Person:
    label = LABELS[lang]
    current = (
        candidate.work_history.filter(until_year__isnull=True)
        .exclude(words="")
        .order_by("-from_year")
        .first()
    )
    work = current.words if current else ""
    if not work and candidate.company:
        work = label["work" if candidate.title else "work_at"]
        work = work.replace("{company}", candidate.company).replace("{title}", candidate.title)
    pronoun = {"MS": "她", "MR": "他"}.get(candidate.salutation, candidate.name)
    return r.Person(candidate.name, address=greeting_of(candidate, lang), pronoun=pronoun, current_work=work)


def _opening(requisition: Requisition) -> r.Opening:
    opened = requisition.opened_on
    return r.Opening(
        source=r.Source("requisition", str(requisition.pk), requisition.number, on=opened),
        title=requisition.title,
        is_open=requisition.state == requisition.State.OPEN,
        vacancies=max(requisition.headcount - requisition.filled, 0),
        pay_low=requisition.salary_min,
        pay_high=requisition.salary_max,
        opened_on=opened,
        reopened=opened is not None and local_day(requisition.created_at) < opened,
    )


def _last_closed(candidate: Candidate):  # type: ignore[no-untyped-def]  # an Application; its class belongs to recruiting
    rows = candidate.applications.select_related("disposition").order_by("-applied_on", "-pk")
    closed = rows.filter(disposition__isnull=False).first()
    return closed or rows.first()


def _application_source(application: object) -> r.Source | None:
    if application is None:
        return None
    return r.Source("application", str(application.pk), application.number, on=application.applied_on)  # type: ignore[attr-defined]


def _disposition(end: object, lang: r.Lang) -> r.Disposition | None:
    if end is None:
        return None
    conditions = [each for each in end.conditions.all() if each.met_at is None and each.kind != "NEVER"]  # type: ignore[attr-defined]
    source = r.Source(
        "disposition", str(end.pk), LABELS[lang]["disposition"], end.decided_by_name, local_day(end.decided_at)  # type: ignore[attr-defined]
    )  # fmt: skip
    words = next((each.words for each in conditions if each.words), "")
    return r.Disposition(source, end.reason, end.words, words, end.shareable_words)  # type: ignore[attr-defined]


def _remarks(candidate: Candidate, requester: User, lang: r.Lang) -> tuple[r.Remark, ...]:
    remark_model = _remark_model(candidate)
    rows = remark_model.objects.filter(evaluation__seat__interview__application__candidate=candidate)
    rows = rows.select_related("evaluation__seat__employee", "evaluation__seat__interview")
    found = []
    for row in rows.order_by("evaluation__written_at", "order", "pk"):
        evaluation = row.evaluation
        seat = evaluation.seat
        label = LABELS[lang]["evaluation"].replace("{round}", seat.interview.round_name)
        source = r.Source(
            "evaluation", str(evaluation.pk), label, seat.name, local_day(evaluation.written_at)
        )
        mine = seat.employee is not None and seat.employee.user_id == requester.pk
        yes = evaluation.rating in ("STRONG_YES", "YES", "HIRE") if evaluation.rating else None
        found.append(r.Remark(source, row.words, row.shareable, by_requester=mine, recommended=yes))
    return tuple(found)


def _remark_model(candidate: Candidate):  # type: ignore[no-untyped-def]  # the Remark model, reached by relations
    application: Any = candidate._meta.get_field("applications").related_model
    interview = application._meta.get_field("interviews").related_model
    seat = interview._meta.get_field("seats").related_model
    evaluation = seat._meta.get_field("evaluation").related_model
    return evaluation._meta.get_field("remarks").related_model


def _expectations(candidate: Candidate, lang: r.Lang) -> tuple[r.Expectation, ...]:
    kinds = {"PAY": "pay", "TIMING": "availability", "CITY": "city", "ROLE": "role", "OTHER": "other"}
    found = []
    for row in candidate.expectations.select_related("communication").order_by("-said_on", "-pk"):
        talk = row.communication
        kind = KINDS.get(talk.channel if talk else row.source_kind.upper(), "expectation")
        label = (
            (talk.title or LABELS[lang][talk.channel])
            if talk
            else (row.source or LABELS[lang]["expectation"])
        )
        source = r.Source(kind, str(row.pk), label, talk.employee_name if talk else "", row.said_on)
        text = (row.pay_words or row.words) if row.topic == "PAY" else row.words
        found.append(r.Expectation(source, kinds[row.topic], text, row.pay_min, row.pay_max))  # type: ignore[arg-type]  # one of the four
    return tuple(found)


def _talks(candidate: Candidate, lang: r.Lang) -> tuple[r.Talk, ...]:
    rows = candidate.communications.exclude(channel__in=["NOTE", "PAGE"]).order_by("-at", "-pk")[:10]
    return tuple(
        r.Talk(
            r.Source(
                KINDS.get(row.channel, "phone"), str(row.pk), row.title or LABELS[lang][row.channel], row.employee_name,
                local_day(row.at),
            ),
            channel="wecom" if row.channel in ("WECOM", "WECHAT") else KINDS.get(row.channel, "phone"),
            with_name=row.employee_name,
            summary=row.words,
        )
        for row in rows
    )  # fmt: skip


def _changes(
    requisition: Requisition, application: object, end: object, *, today: date, lang: r.Lang
) -> tuple[r.Change, ...]:
    """Organisation changes of the job's department and of the one applied to, since the application ended."""
    departments = {requisition.department_id}
    if application is not None and application.department_id:  # type: ignore[attr-defined]
        departments.add(application.department_id)  # type: ignore[attr-defined]
    since = local_day(end.decided_at) if end is not None else today - timedelta(days=365)  # type: ignore[attr-defined]
    rows = [row for row in people.changes_of(departments) if since < row.effective_on <= today]
    label = LABELS[lang]["organisation"]
    return tuple(
        r.Change(
            r.Source("organisation", str(row.id), row.document or label, on=row.effective_on),
            _change_words(row.department, row.words, row.effective_on, today=today, lang=lang),
        )
        for row in sorted(rows, key=lambda each: each.effective_on)
        if row.kind not in ("MERGED", "FROZEN")
    )


def _change_words(department: str, words: str, on: date, *, today: date, lang: r.Lang) -> str:
    words = words.strip().rstrip("。.")
    if lang == "en":
        return f"{words} ({on.isoformat()})"
    day = f"{on.month}月{on.day}日" if on.year == today.year else f"{on.year}年{on.month}月{on.day}日"
    return f"{department} {day}{words.removeprefix(department).lstrip()}"


def _reach(candidate: Candidate, *, today: date, lang: r.Lang) -> r.Reach:
    friend = candidate.wecom_owner.name if candidate.wecom_external_id and candidate.wecom_owner else ""
    label = LABELS[lang]
    phone = email = None
    if candidate.phone_index is not None:
        phone = r.Source("contact", str(candidate.pk), label["contact"], on=candidate.phone_verified_on)
    if candidate.email_index is not None:
        email = r.Source("contact", str(candidate.pk), label["email"])
    return r.Reach(
        wecom_friend_of=friend,
        phone_source=phone,
        email_source=email,
        contacts_90_days=contacts_since(candidate, today - timedelta(days=CONTACT_DAYS)).count(),
        contact_cap_90_days=CONTACT_CAP,
    )
