"""Ask for one move of many cases (批量操作): the list is kept first, so that a form sent twice goes on where the first one was."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases.models import Bulk
from shequtong.cases.usecases.turns import LONGEST_NOTE
from shequtong.cases.workflow import MOVES
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

VERBS = ("accept", "dispatch", "close", "urge")  # 签收、派遣、结案、督办
MOST = 50  # at once: what stands on one page of the queue


class CannotAsk(Refusal):
    """Nothing chosen, or too much."""


@dataclass(frozen=True)
class Line:
    """One case of the list: to which station it goes (a dispatch), and the last step that its page had seen."""

    number: str
    to: int | None = None
    seen: int | None = None


@transaction.atomic
def ask_bulk(*, verb: str, lines: Sequence[Line], by: Actor, now: datetime, note: str = "", back: str = "") -> Bulk:
    """Keep what is to be done to which cases; `work_bulk` does it. Raises Forbidden, CannotAsk."""
    if verb not in VERBS or by.account_id is None or not by.may(MOVES[verb].permission):
        raise Forbidden(MOVES[verb].permission if verb in MOVES else "cases.bulk", "Bulk")
    chosen = list({line.number: line for line in lines}.values())
    if not chosen or len(chosen) > MOST:
        raise CannotAsk(_("Tick 1 to %(most)d cases.") % {"most": MOST})
    if len(note) > LONGEST_NOTE:
        raise CannotAsk(_("The text is longer than %(most)d characters.") % {"most": LONGEST_NOTE})

    bulk = Bulk.objects.create(
        subdistrict_id=by.home,
        verb=verb,
        lines=[{**asdict(line), "state": Bulk.State.WAITS, "words": ""} for line in chosen],
        note=note.strip(),
        back=back[:300],
        account_id=by.account_id,
        asked_at=now,
    )
    log.record("cases.ask_bulk", bulk, by=by, at=now, verb=verb, count=len(chosen))
    return bulk
