"""End a phrase (停用常用语): it is offered no more; what was written with it stays."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import Phrase
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@transaction.atomic
def end_phrase(*, phrase_id: int, by: Actor, now: datetime) -> Phrase:
    """End it. Raises Forbidden, also for one of another place or one that has ended."""
    found = None
    if by.home in by.reach(permissions.MANAGE_PHRASES).subdistricts:
        found = Phrase.objects.select_for_update().filter(subdistrict=by.home, pk=phrase_id, ended_at=None).first()
    if found is None:
        raise Forbidden(permissions.MANAGE_PHRASES, "Phrase", phrase_id)
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    log.record("cases.end_phrase", found, by=by, at=now)
    return found
