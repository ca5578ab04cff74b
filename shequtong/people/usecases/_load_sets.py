"""Sets of a batch written (分类装载): for `load_people`: old rows ended, the next begun, marks made, in a few statements however many rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from shequtong.people.facts import SET_OF
from shequtong.people.lookups.load_plan import Decision
from shequtong.people.marking import ALONE, CARE, marks_of
from shequtong.people.models import Disability, Elderly, PersonMark
from shequtong.people.usecases._homes import door_of_room
from shequtong.people.usecases._load_changes import Load
from shequtong.people.usecases._load_lines import Lines
from shequtong.people.usecases._people import provenance

_DERIVED = {"elderly": Elderly, "disability": Disability}  # of which more marks follow


class _Spot(NamedTuple):
    grid_path: str
    door: str


def write_sets(load: Load, told: Sequence[tuple[int, Decision]]) -> dict[str, list[int]]:
    """The persons of whom a set was written, by set, for the trace. `told`: person and decision, of those that bring sets.

    Three statements a set at most, six for marks. Who is new holds from the row's own day, who is on record from today; what applies no
    more ends today, for the source that says so.
    """
    written: dict[str, list[int]] = {}
    over: dict[str, list[int]] = {}
    for name in sorted({name for _person, one in told for name in one.sets}):
        model = SET_OF[name].model
        changes = [(person, one, one.sets[name]) for person, one in told if name in one.sets]
        rows = model._default_manager.filter(subdistrict=load.subdistrict)
        for goes_on, why in ((True, ""), (False, load.source)):
            ended = [change.old.pk for *_who, change in changes if change.old and (change.values is not None) == goes_on]
            if ended:
                rows.filter(pk__in=ended).update(ended_on=load.today, ended_for=why)
        always = {"subdistrict_id": load.subdistrict, **provenance(load.source, load.by, load.now, None)}
        lines = Lines(model, always)
        for person, one, change in changes:
            if change.values is None:
                over.setdefault(name, []).append(person)
                continue
            since = load.today if one.person is not None or (one.row.since or load.today) > load.today else one.row.since
            lines.add(id=next(load.ids), person_id=person, valid_from=since, **_columns(change.values))
        lines.write()
        written[name] = [person for person, _one, _change in changes]
    _trace(load, told)
    _mark(load, {person: _spot(load, one) for person, one in told}, written, over)
    load.rooms |= {one.person.room_id for _person, one in told if one.person is not None and one.person.room_id}
    return written


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {fact: value for fact, value in values.items() if value is not None}


def _trace(load: Load, told: Sequence[tuple[int, Decision]]) -> None:
    """What is different of who was on record, beside the facts of the person."""
    updated = {each["id"]: each for each in load.updated}
    for person, one in told:
        if person in updated:
            more = [f"{name}.{fact}" for name, change in one.sets.items() for fact in change.facts or ("",)]
            updated[person]["facts"] = sorted([*updated[person]["facts"], *(each.rstrip(".") for each in more)])


def _spot(load: Load, one: Decision) -> _Spot:
    """Where the marks of a person stand."""
    if one.person is not None:
        return _Spot(one.person.grid_path, one.person.door)
    room = load.plan.rooms[one.row.room_id]
    return _Spot(room.entrance.building.grid_path, door_of_room(room) if one.row.lives else "")


def _mark(
    load: Load, spots: Mapping[int, _Spot], written: Mapping[str, Sequence[int]], over: Mapping[str, Sequence[int]]
) -> None:
    """Marks that are missing are made, those that follow no more are taken away. `over`: of `written`, whose set ended."""
    place = load.subdistrict
    held: dict[int, set[str]] = {person: set() for person in spots}
    for person, mark in PersonMark.objects.filter(subdistrict=place, person__in=spots).values_list("person_id", "mark"):
        held[person].add(mark)
    derived = {person for name in _DERIVED for person in written.get(name, ())}
    rows: dict[int, dict[str, Any]] = {person: {} for person in derived}
    for name, model in _DERIVED.items() if derived else ():
        for row in model._default_manager.filter(subdistrict=place, person__in=derived, ended_on=None):
            rows[row.person_id][name] = row
    own, left = _by_person(spots, written), _by_person(spots, over)
    lines = Lines(PersonMark, {"subdistrict_id": place})
    gone: dict[str, list[int]] = {}
    for person, spot in spots.items():
        wanted = (held[person] | own[person]) - left[person]
        if person in derived:
            wanted = (wanted - {ALONE, CARE}) | marks_of(rows[person])
        for mark in sorted(wanted - held[person]):
            lines.add(id=next(load.ids), person_id=person, mark=mark, grid_path=spot.grid_path, door=spot.door)
        for mark in held[person] - wanted:
            gone.setdefault(mark, []).append(person)
    for mark, persons in sorted(gone.items()):
        PersonMark.objects.filter(subdistrict=place, person__in=persons, mark=mark).delete()
    lines.write()


def _by_person(persons: Iterable[int], sets: Mapping[str, Sequence[int]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {person: set() for person in persons}
    for name, of in sets.items():
        for person in of:
            found[person].add(name)
    return found
