"""The rows of a life (样本行): everything the database holds about one played case, with what differs from cast to cast marked by blanks.

A blank is `Blank("t3")`: in a line of text it becomes `%(t3)s`, filled for each cast. Numbers of rows are `i0`, `i1` … (the case is i0),
moments `t0` … (whole seconds), marks of the log `m0` …
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import BigIntegerField, DateTimeField, Model

from shequtong.audit.models import Entry
from shequtong.cases import counting
from shequtong.cases.models import NEVER, Case, CaseGram, Reporter, Step
from shequtong.core.locality import Local, LocalForeignKey
from shequtong.core.sealed import KeyedHashField, SealedTextField


@dataclass(frozen=True)
class Blank:
    """A value given to each cast."""

    name: str


class Unfit(Exception):  # no error: the life is not cast
    """It holds what a cast cannot repeat."""


class Count(NamedTuple):
    """What one of its moments (`moment`) adds to the figures."""

    moment: int
    measure: str
    station: int
    stage: str
    class_code: str
    n: int


# Of the case's own row: what its cast has of its own.
_OF_CASE = {
    "year": "year",
    "serial": "serial",
    "unit": "unit",
    "place_path": "path",
    "building": "building",
    "address": "address",
    "lon": "lon",
    "lat": "lat",
    "tile": "tile",
    "letters": "letters",
}
# Columns by which a row follows its log's order.
_OF_ENTRY = {"position": "p", "seal_id": "s", "mark": "m"}


@dataclass
class Rows:
    """One life. `lines` are (model, values by attname); `moments` are seconds since the epoch, the first that of the report."""

    case: Case
    lines: list[tuple[type[Model], dict[str, Any]]] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    entries: int = 0
    ids: int = 0
    told_by_phone: bool = False


def related() -> list[type[Model]]:
    """The tables whose rows hang on a case; by what words it is found, each cast says for itself."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Local)
        and model is not CaseGram
        and any(isinstance(f, LocalForeignKey) and f.name == "case" for f in model._meta.local_fields)
    ]


def tables() -> list[type[Model]]:
    """All tables a cast may have rows in."""
    return [Case, Reporter, Entry, CaseGram, *related()]


def read(case: Case) -> Rows:
    """The rows of a played case. Raises Unfit."""
    found = Rows(case)
    things = list(_things(case))
    known = {thing.pk: Blank(f"i{n}") for n, thing in enumerate(things)}
    found.ids = len(things)
    moments: dict[int, int] = {int(case.reported_at.timestamp()): 0}
    for thing in things:
        values = {f.attname: _value(thing, f, known, moments) for f in thing._meta.concrete_fields if not f.generated}
        if isinstance(thing, Entry):
            values |= {column: Blank(f"{letter}{found.entries}") for column, letter in _OF_ENTRY.items()}
            values["recorded_at"] = Blank("now")
            found.entries += 1
        found.lines.append((type(thing), values))
    found.moments = list(moments)
    steps = sorted((thing for thing in things if isinstance(thing, Step)), key=lambda step: step.number)
    found.counts = [_count(delta, steps, found.moments) for delta in _deltas(case, steps)]
    found.told_by_phone = case.reporter is not None and bool(case.reporter.phone)
    return found


def _things(case: Case) -> Iterator[Model]:
    yield case
    if case.reporter is not None:
        yield case.reporter
    for model in related():
        yield from model._default_manager.filter(subdistrict=case.subdistrict_id, case=case.pk).order_by("id")
    label = Case._meta.label
    yield from Entry.objects.filter(subdistrict=case.subdistrict_id, object_kind=label, object_id=case.pk).order_by("id")


def _value(thing: Model, column: Any, known: dict[int, Blank], moments: dict[int, int]) -> Any:
    """What stands in a column, or its blank."""
    if isinstance(thing, Case) and column.name in _OF_CASE:
        return Blank(_OF_CASE[column.name])
    value = getattr(thing, column.attname)
    if isinstance(column, SealedTextField):
        return Blank(column.name) if value else ""
    if isinstance(column, KeyedHashField):
        return Blank(column.name) if value else value
    if isinstance(value, datetime):
        if value == NEVER or not isinstance(column, DateTimeField):
            return value
        return Blank(f"t{moments.setdefault(int(value.timestamp()), len(moments))}")
    if isinstance(column, BigIntegerField | LocalForeignKey) and value in known:
        return known[value]
    if isinstance(thing, Step) and isinstance(value, dict):
        return _told(value, moments)
    if isinstance(value, bytes | memoryview) or (isinstance(column, LocalForeignKey) and value is not None):
        raise Unfit(f"{thing._meta.label}.{column.name}")
    return value


def _told(details: dict[str, Any], moments: dict[int, int]) -> dict[str, Any]:
    """What a step tells, with blanks where a routing names the place or a moment; larger units around the place are left out."""
    routed = []
    for one in details.get("routed", ()):
        values = {name: _named(name, value, moments) for name, value in one.get("values", {}).items()}
        passed = [each for each in one.get("passed", ()) if each[0] != "unit"]
        routed.append({"asked": one["asked"], "rule": one["rule"]} | _kept("values", values) | _kept("passed", passed))
    return {name: value for name, value in details.items() if name != "routed"} | _kept("routed", routed)


def _kept(name: str, value: Any) -> dict[str, Any]:
    return {name: value} if value else {}


def _named(name: str, value: Any, moments: dict[int, int]) -> Any:
    if name in ("unit", "building", "path"):
        return Blank(name)
    if name == "point":
        return [Blank("lon"), Blank("lat")]
    if name in ("since", "until", "due"):
        at = int(datetime.fromisoformat(value).timestamp())
        return Blank(f"t{moments.setdefault(at, len(moments))}")
    return value


def _deltas(case: Case, steps: list[Step]) -> list[Any]:
    """The deltas of the life, each on a day that stands for its step."""
    days = {step.pk: step.at for step in steps}
    try:
        for n, step in enumerate(steps):
            step.at = datetime(2000, 1, 1, 4, tzinfo=UTC) + timedelta(days=n)
        return list(counting.of_case(case, steps))
    finally:
        for step in steps:
            step.at = days[step.pk]


def _count(delta: Any, steps: list[Step], moments: list[int]) -> Count:
    step = steps[(delta.day - datetime(2000, 1, 1, tzinfo=UTC).date()).days]
    at = moments.index(int(step.at.timestamp()))
    return Count(at, delta.measure, delta.station_id or 0, delta.stage, delta.class_code, delta.n)
