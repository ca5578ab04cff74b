"""Take back what was recorded by mistake (撤销误登): within a day, and where nothing of it was changed since; the rows stand as they stood before.

Rows it made were never so: they end on the day they began. What it replaced stands again, and the past says that the other was a mistake.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.figures.write import write
from shequtong.people import permissions
from shequtong.people.counting import taken_back
from shequtong.people.facts import SETS
from shequtong.people.models import Home, LifeEvent, Person, PersonPast
from shequtong.people.usecases._care_life import restore_care
from shequtong.people.usecases._homes import count_home, room_with_place, settle
from shequtong.people.usecases._people import clear, have_marks, keep_past

WITHIN = timedelta(hours=24)
_AS_BEFORE = ("source", "valid_from", "recorded_at", "recorded_by", "account_id")


class CannotUndo(Refusal):
    """A day has passed, it was taken back already, or something of it was changed since."""


@transaction.atomic
def undo_event(*, event_id: int, by: Actor, now: datetime) -> LifeEvent:
    """Raises CannotUndo, Forbidden. About five statements a row that it touched."""
    event = LifeEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
    by.require(permissions.RECORD, event)
    persons, homes = _touched(event)
    if not may_undo(event, persons, homes, now):
        raise CannotUndo(
            _("It cannot be taken back any more: a day has passed, or something was changed since. Record what is so now.")
        )

    made = {line["id"] for line in event.journal if line["model"] == "person" and line["did"] == "made"}
    try:
        with transaction.atomic():
            for line in reversed(event.journal):
                _undo(line, event, {one.pk: one for one in persons}, now)
    except IntegrityError:
        raise CannotUndo(_("It cannot be taken back any more: the record says otherwise by now.")) from None
    for person in persons:
        if person.pk in made:
            person.ended_on, person.ended_for = person.valid_from or event.on, Person.Ended.MISTAKE
        person.version += 1
        person.save()
        have_marks(person)
    for home in homes:
        home.refresh_from_db()
        count_home(home)
    restore_care(event, persons, by=by, now=now)
    event.undone_at, event.undone_by = now, by.name[:80]
    event.save(update_fields=["undone_at", "undone_by"])
    write(taken_back(event, now))
    log.record("people.life.undone", event, by=by, at=now, kind=event.kind)
    return event


def _touched(event: LifeEvent) -> tuple[list[Person], list[Home]]:
    persons, homes = (sorted(map(int, event.after.get(name, {}))) for name in ("persons", "homes"))
    found = Person.objects.select_for_update(of=("self",)).within(event.subdistrict_id).filter(pk__in=persons)
    doors = Home.objects.select_for_update(of=("self",)).within(event.subdistrict_id).filter(pk__in=homes)
    return list(found.order_by("pk")), list(doors.order_by("pk"))


def may_undo(event: LifeEvent, persons: list[Person], homes: list[Home], now: datetime) -> bool:
    """Within a day, not yet, and each person, home and set is as the event left it."""
    if event.undone_at is not None or now - event.recorded_at > WITHIN or event.kind == LifeEvent.Kind.MOVE_TO_STREET:
        return False
    after = event.after
    if {str(one.pk): one.version for one in persons} != after["persons"]:
        return False
    if {str(one.pk): one.version for one in homes} != after["homes"]:
        return False
    ids = [one.pk for one in persons]
    rows = (kind.model._default_manager.filter(subdistrict=event.subdistrict_id, person__in=ids) for kind in SETS)
    return not any(found.filter(recorded_at__gt=event.recorded_at).exists() for found in rows)


def _undo(line: dict[str, Any], event: LifeEvent, persons: dict[int, Person], now: datetime) -> None:
    """One line of the journal, the other way."""
    did, before = line["did"], line["before"]
    if line["model"] == "person":
        if line["id"] in persons:
            _undo_person(persons[line["id"]], did, before, event, now)
        return
    model: Any = apps.get_model("people", line["model"])
    row = model._default_manager.get(subdistrict=event.subdistrict_id, pk=line["id"])
    if did == "made":
        row.ended_on = row.valid_from or event.on
    elif did == "ended":
        row.ended_on = None
        if hasattr(row, "ended_for"):
            row.ended_for = ""
    elif did == "revoked":
        row.revoked_at, row.revoked_for, row.revoked_by = None, "", ""
    else:
        for name, value in before.items():
            setattr(row, name, model._meta.get_field(name).to_python(value))
    row.save()


def _undo_person(person: Person, did: str, before: dict[str, Any], event: LifeEvent, now: datetime) -> None:
    if did == "closed":
        person.ended_on, person.ended_for = None, ""
    elif did == "settled":
        settle(person, room_with_place(before["room"]) if before["room"] else None)
        if not before["room"]:
            person.grid_path = before["path"]
    elif did == "confirmed":
        person.confirmed_on = None
    elif did == "changed":
        past = PersonPast.objects.get(subdistrict=person.subdistrict_id, pk=before["past"])
        stood = json.loads(past.state.reveal())
        keep_past(person, {name: clear(getattr(person, name)) for name in stood}, valid_to=event.on, now=now, mistaken=True)
        for name, value in stood.items():
            column: Any = person._meta.get_field(name)
            setattr(person, name, column.to_python(value))
        for name, origin in before["origins"].items():
            person.origins.pop(name, None)
            if origin:
                person.origins[name] = origin
        for name in _AS_BEFORE:
            setattr(person, name, getattr(past, name))
