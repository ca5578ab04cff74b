"""Write a set (登记分类信息): the row that held ends on the day, the next begins; or only ends, when it applies no more."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.days import require_days
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.models import Home, SetRow
from shequtong.people.set_rules import Whom, require_fit
from shequtong.people.usecases._homes import count_home
from shequtong.people.usecases._people import Changed, clear, have_marks, locked_person, provenance, written
from shequtong.people.usecases._rights import require_consent


class CannotWriteSet(Refusal):
    """Nothing is different, the day lies ahead, or there is nothing to end."""


@transaction.atomic
def write_set(
    *,
    person_id: int,
    name: str,
    values: Mapping[str, Any],
    source: str,
    by: Actor,
    now: datetime,
    on: date | None = None,
    shown: int | None = None,
) -> SetRow:
    """The row that holds from `on` (today unless said). What is not in `values` stays as it was. `shown`: the row a form was filled in from, 0
    where there was none. Raises CannotWriteSet, StrangeDay, UnfitSet, Changed, Gone, Forbidden.
    """
    person = locked_person(person_id)
    by.require(permissions.RECORD, person)
    on = _day(on, now)
    model = SET_OF[name].model
    old = model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None).first()
    if shown is not None and shown != (old.pk if old else 0):
        raise Changed(_("Somebody else has changed this record meanwhile. Look at it again before you save."))
    _not_before(old, on)
    kept = {fact: clear(getattr(old, fact)) for fact in FACT_OF[name]} if old else {}
    given = {fact: clear(value) for fact, value in written(name, values).items()}
    if old is not None and all(kept[fact] == value or (not kept[fact] and not value) for fact, value in given.items()):
        raise CannotWriteSet(_("Nothing is different from what is on record."))
    whole = {fact: _value(old, fact) for fact in FACT_OF[name]} if old else {}

    require_days(values, timezone.localdate(now))
    require_fit(name, {**whole, **values}, Whom(person.born_on, person.sex), on)
    require_consent(person, name, {fact for fact, value in given.items() if value and kept.get(fact) != value})
    if old is not None:
        old.ended_on = on
        old.save(update_fields=["ended_on"])
    row = model._default_manager.create(
        subdistrict_id=person.subdistrict_id, person=person, **{**whole, **values}, **provenance(source, by, now, on)
    )
    _follow(person)
    log.record("people.set_written", person, by=by, at=now, set=name, facts=sorted(given))
    return row


@transaction.atomic
def end_set(*, person_id: int, name: str, why: str, by: Actor, now: datetime, on: date | None = None) -> None:
    """It applies no more from `on`. Raises CannotWriteSet, Forbidden."""
    person = locked_person(person_id)
    by.require(permissions.RECORD, person)
    row = SET_OF[name].model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None).first()
    if row is None:
        raise CannotWriteSet(_("It does not apply to this person."))
    row.ended_on, row.ended_for = _day(on, now), why[:60]
    _not_before(row, row.ended_on)
    row.save(update_fields=["ended_on", "ended_for"])
    _follow(person)
    log.record("people.set_ended", person, by=by, at=now, set=name)


def _day(on: date | None, now: datetime) -> date:
    today = timezone.localdate(now)
    if on is not None and on > today:
        raise CannotWriteSet(_("The day lies ahead. Enter the change when it has happened."))
    return on or today


def _not_before(old: SetRow | None, on: date) -> None:
    if old is not None and old.valid_from is not None and on < old.valid_from:
        raise CannotWriteSet(_("On that day the record said something else already. Choose a later day."))


def _value(row: SetRow, fact: str) -> Any:
    """A column as it is given to the next row: a sealed one by its text, which is sealed anew for there."""
    value = getattr(row, fact)
    return value.reveal() if hasattr(value, "reveal") else value


def _follow(person: Any) -> None:
    """Marks, and whether the home has somebody who needs care."""
    have_marks(person)
    if person.room_id is not None:
        for home in Home.objects.select_for_update(of=("self",)).filter(subdistrict=person.subdistrict_id, room=person.room_id):
            count_home(home)
