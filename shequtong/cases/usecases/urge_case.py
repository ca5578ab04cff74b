"""Urge (督办) and its reply: somebody above asks for a case to move, and reads what comes of it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access.actor import role_of
from shequtong.cases.models import Urge
from shequtong.cases.urged import reached_by_urging
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor

LEVELS = (1, 2, 3)  # precinct office, subdistrict, district
_LEVEL_OF = {"subdistrict_supervisor": 2, "district_viewer": 3}


class CannotUrge(CannotMove):
    """No such level, a reply in the past, or nothing to reply to."""


@transaction.atomic
def urge_case(
    *,
    number: str,
    requirement: str,
    by: Actor,
    now: datetime,
    level: int | None = None,
    reply_by: datetime | None = None,
) -> Urge:
    """Urge a case; the level is that of the post, unless a job names it. Raises Forbidden, CannotMove, CannotUrge."""
    turn = begin(number, "urge", by=by, now=now)
    level = level_of(by) if level is None else level
    if level not in LEVELS:
        raise CannotUrge(_("There are three levels of urging."))
    if reply_by is not None and reply_by <= now:
        raise CannotUrge(_("The reply must be due in the future."))
    words = required_note(turn, requirement)
    people = reached_by_urging(turn.case, by, now)
    if people == []:
        raise CannotUrge(_("Nobody else holds a post here that could make the next move, so nobody would be told."))
    urged = Urge.objects.create(
        subdistrict_id=turn.case.subdistrict_id,
        case=turn.case,
        level=level,
        requirement=words,
        reply_by=reply_by,
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
    )
    turn.set(urge_count=turn.case.urge_count + 1)
    details: dict[str, Any] = {"level": level, **({"reply_by": reply_by.isoformat()} if reply_by else {})}
    finish(turn, note=words, details=details if people is None else {**details, "reached": [list(one) for one in people]})
    return urged


def level_of(by: Actor) -> int:
    """1 precinct office, 2 subdistrict, 3 district: from which post somebody urges."""
    return _LEVEL_OF.get(role_of(by) or "", LEVELS[0])


@transaction.atomic
def reply_urge(*, number: str, words: str, by: Actor, now: datetime) -> int:
    """Reply to all open urgings of the case at once; how many there were. Raises Forbidden, CannotMove, CannotUrge."""
    turn = begin(number, "reply_urge", by=by, now=now)
    note = required_note(turn, words)
    waiting = Urge.objects.filter(case=turn.case, replied_at__isnull=True)
    urgers = list(waiting.values_list("account_id", flat=True))
    if not urgers:
        raise CannotUrge(_("No urging waits for a reply."))
    waiting.update(reply=note, replied_at=now, replied_by=by.name)
    finish(turn, note=note, details={"urgers": sorted({account for account in urgers if account is not None})})
    return len(urgers)
