"""Note a search (检索留痕): who looked for whom, by a keyed hash of what was typed; what was found is masked and needs a reason of its own."""

from datetime import datetime

from shequtong.audit.security import note
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.core.sealed import hash_of
from shequtong.people import permissions

SEARCHED = "searched"


def note_search(*, words: str, by: Actor, now: datetime) -> None:
    """One row of the security log. Raises Forbidden."""
    if not by.may(permissions.VIEW):
        raise Forbidden(permissions.VIEW)
    of = hash_of("people.search", words)[-32:]
    note(SEARCHED, what="people.search", by=by, subdistrict_id=by.home, facts={"of": of}, now=now)
