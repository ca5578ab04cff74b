"""Appeal (申诉): the station asks that its late handling not count; two levels judge. The late steps stay as they are."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.models import Appeal
from shequtong.cases.usecases.turns import CannotMove, Turn, begin, finish, required_note
from shequtong.core.actors import Actor, same_hand


class CannotAppeal(CannotMove):
    """Nobody judges twice."""


@transaction.atomic
def appeal_case(*, number: str, reason: str, by: Actor, now: datetime) -> Appeal:
    """Appeal, once a case, after closing, only if it was handled late (standards.md 1.4). Raises Forbidden, CannotMove."""
    turn = begin(number, "appeal", by=by, now=now)
    case, note = turn.case, required_note(turn, reason)
    if case.lead_station_id is None:
        raise CannotAppeal(_("No station handled this case."))
    made = Appeal.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        station_id=case.lead_station_id,
        reason=note,
        at=now,
        account_id=by.account_id,
        actor=by.name,
    )
    turn.set(appeal=Appeal.State.FIRST.value)
    finish(turn, note=note)
    return made


@transaction.atomic
def judge_appeal(*, number: str, grant: bool, words: str, by: Actor, now: datetime) -> Appeal:
    """The precinct office judges: granted goes on to the subdistrict, refused ends it. Raises Forbidden, CannotMove."""
    turn = begin(number, "judge_appeal", by=by, now=now)
    made, note = _of_others(turn), required_note(turn, words)
    made.first_granted, made.first_words, made.first_at = grant, note, now
    made.first_by, made.first_account_id = by.name, by.account_id
    return _judged(turn, made, Appeal.State.SECOND if grant else Appeal.State.REFUSED, note)


@transaction.atomic
def judge_appeal_finally(*, number: str, grant: bool, words: str, by: Actor, now: datetime) -> Appeal:
    """The subdistrict judges, never who judged first; granted, the case counts as not late (不计超时). Raises as above."""
    turn = begin(number, "judge_appeal_finally", by=by, now=now)
    made, note = _of_others(turn), required_note(turn, words)
    if same_hand(by, made.first_account_id, made.first_by):
        raise CannotAppeal(_("You judged this appeal at the first level; somebody else must judge it now."))
    made.second_granted, made.second_words, made.second_at, made.second_by = grant, note, now, by.name
    if grant:
        turn.set(exempt_at=now)
    return _judged(turn, made, Appeal.State.GRANTED if grant else Appeal.State.REFUSED, note)


def _of_others(turn: Turn) -> Appeal:
    """The appeal of the case; who made it judges it in no other post of theirs either."""
    made = Appeal.objects.get(case=turn.case)
    if same_hand(turn.by, made.account_id, made.actor):
        raise CannotAppeal(_("You made this appeal; somebody else must judge it."))
    return made


def _judged(turn: Turn, made: Appeal, state: Appeal.State, note: str) -> Appeal:
    made.state = state
    made.save()
    turn.set(appeal=state.value)
    finish(turn, note=note, details={"appeal": state.value})
    return made
