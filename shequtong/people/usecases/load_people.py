"""Load people (成批登记): rows of a table become persons behind their doors, or change who is on record; one transaction, one trace.

The rules are those of `register_person` and `change_person`, and a test holds them to one another; only the way into the tables is another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.people.lookups.load_plan import Decision, Incoming, plan_of
from shequtong.people.terms import pieces_of, rows_of
from shequtong.people.usecases._homes import door_of_room
from shequtong.people.usecases._load_changes import Load, change
from shequtong.people.usecases._load_homes import count_homes
from shequtong.people.usecases._load_households import Families
from shequtong.people.usecases._load_sets import write_sets

_TRIES = 3


def load_people(
    *, rows: Sequence[Incoming], subdistrict: int, source: str, under: models.Model, by: Actor, now: datetime
) -> list[Decision]:
    """What became of each row, in order. `under` is what the trace is of. A row that cannot be is refused in its own decision.

    About 15 statements and one a person that changes, up to 1000 rows at once. Raises nothing for a row; IntegrityError where two loads
    of the same people run into each other again and again.
    """
    for left in range(_TRIES, 0, -1):
        try:
            with transaction.atomic():
                return _loaded(rows, subdistrict, source, under, by, now)
        except IntegrityError:  # somebody entered one of them meanwhile: they are on record now
            if left == 1:
                raise
    raise AssertionError("not reached")


def _loaded(
    rows: Sequence[Incoming], subdistrict: int, source: str, under: models.Model, by: Actor, now: datetime
) -> list[Decision]:
    plan = plan_of(rows=rows, subdistrict=subdistrict, source=source, by=by, locked=True)
    load = Load(plan, subdistrict, by, now, source)
    todo = [one for one in plan.decisions if one.outcome in ("created", "updated")]
    families = Families.behind(subdistrict, load.rooms, [one.person.pk for one in todo if one.person is not None])
    with_sets: list[tuple[int, Decision]] = []
    for one in todo:
        person_id = change(load, one, one.person) if one.person is not None else _add(load, one)
        if one.row.lives and (one.person is None or one.moves or person_id not in families.members):
            _join(load, families, one, person_id)
        if one.sets:
            with_sets.append((person_id, one))
    for lines in (load.people, load.residences, load.households, load.memberships, load.terms):
        lines.write()
    sets = {"sets": write_sets(load, with_sets)} if with_sets else {}
    count_homes(load.rooms, load.plan.rooms, subdistrict, source=source, by=by, now=now, ids=load.ids)
    if todo:
        log.record("people.loaded", under, by=by, at=now, source=source, created=load.created, updated=load.updated, **sets)
    return plan.decisions


def _add(load: Load, one: Decision) -> int:
    """Lines of somebody new: the person, what they are found by, the residence."""
    row, room, person_id = one.row, load.plan.rooms[one.row.room_id], next(load.ids)
    building = room.entrance.building
    where: dict[str, Any] = {"grid_path": building.grid_path, "valid_from": row.since, "confirmed_on": load.today}
    if row.lives:
        where |= {"door": door_of_room(room), "room_id": room.pk, "building_id": building.pk, "version": 2}
    load.people.add(id=person_id, **where, **one.facts)
    _find(load, one, person_id)
    _live(load, one, person_id)
    load.created.append(person_id)
    return person_id


def _find(load: Load, one: Decision, person_id: int) -> None:
    def told(name: str) -> str:
        return str(one.facts.get(name) or "")

    pieces = pieces_of((told("name"), told("former_name")), told("reading"), (told("phone"), told("other_phone")))
    for row in rows_of(pieces):
        load.terms.add(id=next(load.ids), person_id=person_id, **row)


def _live(load: Load, one: Decision, person_id: int) -> None:
    row = one.row
    load.residences.add(
        id=next(load.ids),
        person_id=person_id,
        room_id=row.room_id,
        kind=row.kind,
        lives=row.lives,
        registered=row.registered,
        valid_from=row.since,
    )


def _join(load: Load, families: Families, one: Decision, person_id: int) -> None:
    """Into the household the row belongs to; a head that is one too many comes as who is not told."""
    family, relation = families.for_row(one, next(load.ids))
    if family.is_new:
        family.is_new = False
        room = load.plan.rooms[one.row.room_id]
        where = {"grid_path": room.entrance.building.grid_path, "door": door_of_room(room)}
        load.households.add(id=family.id, room_id=room.pk, valid_from=one.row.since, **where)
    told = {"household_id": family.id, "person_id": person_id, "relation": relation, "valid_from": one.row.since}
    load.memberships.add(id=next(load.ids), **told)
