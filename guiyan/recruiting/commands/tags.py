"""Tags on people."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guiyan.kernel.errors import NotFound
from guiyan.platform.actors import Actor
from guiyan.platform.events import emit
from guiyan.recruiting import events, policies
from guiyan.recruiting.commands.candidates import refuse
from guiyan.recruiting.models import CandidateTag, Tag


@transaction.atomic
def add_tag(*, actor: Actor, candidate_id: int, name: str, now: datetime) -> Tag:
    """Put a tag on; a new word becomes a new tag, letters' case aside. Twice is once. Emits TagsChanged."""
    candidate = policies.lock_candidate(actor, "tag.write", candidate_id)
    word = " ".join(name.split())
    if not word or len(word) > 30:
        raise refuse(_("Tag"), _("It is empty or longer than 30 characters."), _("Use a short word."))
    tag = Tag.objects.filter(name__iexact=word).first() or Tag.objects.create(name=word)
    _link, made = CandidateTag.objects.get_or_create(
        candidate=candidate, tag=tag, defaults={"by_name": actor.name, "at": now}
    )
    if made:
        emit(events.TagsChanged(candidate_id=candidate.pk, added=(tag.name,), at=now), actor=actor)
    return tag


@transaction.atomic
def remove_tag(*, actor: Actor, candidate_id: int, name: str, now: datetime) -> None:
    """Take a tag off. Raises NotFound when the person does not carry it. Emits TagsChanged."""
    candidate = policies.lock_candidate(actor, "tag.write", candidate_id)
    gone, _rows = CandidateTag.objects.filter(candidate=candidate, tag__name__iexact=name.strip()).delete()
    if not gone:
        raise NotFound()
    emit(events.TagsChanged(candidate_id=candidate.pk, removed=(name.strip(),), at=now), actor=actor)
