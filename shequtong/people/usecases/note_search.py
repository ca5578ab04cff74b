"""Note a search (检索留痕): who looked for whom, by a keyed hash of what was typed; what was found is masked and needs a reason of its own."""

from datetime import datetime

from shequtong.audit.models import SecurityEvent
from shequtong.audit.reveal import STILL_SHOWN
from shequtong.audit.security import note
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.core.sealed import hash_of
from shequtong.people import permissions

SEARCHED = "searched"


def note_search(*, words: str, by: Actor, now: datetime, again: bool = False) -> None:
    """One row of the security log. Raises Forbidden. `again`: the form was sent twice: no row where this very search was noted a moment ago."""
    if not by.may(permissions.VIEW):
        raise Forbidden(permissions.VIEW)
    of = hash_of("people.search", words)[-32:]
    if again:
        own = SecurityEvent.objects.filter(subdistrict=by.home, account_id=by.account_id, kind=SEARCHED, at__gt=now - STILL_SHOWN)
        if own.filter(facts__of=of).exists():
            return
    note(SEARCHED, what="people.search", by=by, subdistrict_id=by.home, facts={"of": of}, now=now)
