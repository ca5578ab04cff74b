"""The store of special care: who leads the street, within an opening; the neighbour finds their own store closed, everybody else nothing."""

from django.utils import timezone

from shequtong.people.lookups.care import opening_of
from shequtong.people.models import CareRecord
from shequtong.people.testing import make_person, make_room
from shequtong.people.usecases import open_care, record_care
from shequtong.people.views.care import kind_token
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

STAFF = "supervisor"
SEES = only(Kind.STAFF)
DOES = only(Kind.STAFF, outcome=302)
REASON = "上门走访前了解情况"


def record(scene: Scene) -> CareRecord:
    """A record of somebody, with the store open."""
    now, by = timezone.now(), scene.town.actor(STAFF)
    open_care(reason=REASON, by=by, now=now)
    person = make_person(make_room(scene.town.building), now=now)
    return record_care(person_id=person.pk, kind="released", facts={"cycle_grid": "30"}, source="visit", by=by, now=now)


def of_record(scene: Scene) -> Values:
    """That record."""
    return {"record_id": record(scene).pk}


def of_person(scene: Scene) -> Values:
    """Whose it is."""
    return {"person_id": record(scene).person_id}


def of_kind(scene: Scene) -> Values:
    """Another kind, as the page names it."""
    person = record(scene).person
    opening = opening_of(scene.town.actor(STAFF), timezone.now())
    assert opening is not None
    return {"person_id": person.pk, "token": kind_token(opening, person, "petition")}


def opened(scene: Scene) -> Values:
    """Nothing in the address; the store is open."""
    record(scene)
    return {}


def verb(name: str) -> Row:
    """A form that writes the record."""
    return Row("people:desk-care-write", SEES, staff=STAFF, kwargs=lambda scene: {**of_record(scene), "verb": name})


def wrote(name: str, **told: str) -> Row:
    """That form, sent."""
    kwargs = lambda scene: {**of_record(scene), "verb": name}  # noqa: E731
    return Row("people:desk-care-write", DOES, method="POST", staff=STAFF, kwargs=kwargs, data=lambda scene: told)


ROWS = [
    Row("people:desk-care-open", only(Kind.STAFF, Kind.NEIGHBOUR), staff=STAFF),
    Row(
        "people:desk-care-open",
        only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302),
        method="POST",
        staff=STAFF,
        data=lambda scene: {"reason": REASON},
    ),
    Row("people:desk-care-close", only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302), method="POST", staff=STAFF),
    Row("people:desk-care", {**SEES, Kind.NEIGHBOUR: 302}, staff=STAFF, kwargs=opened),
    Row("people:desk-care-person", SEES, staff=STAFF, kwargs=of_person),
    Row("people:desk-care-record", SEES, staff=STAFF, kwargs=of_record),
    Row("people:desk-care-new", SEES, staff=STAFF, kwargs=of_kind),
    Row(
        "people:desk-care-new",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=of_kind,
        data=lambda scene: {"source": "visit", "times": "2"},
    ),
    verb("change"),
    wrote("change", source="visit", offence="盗窃", cycle_grid="30"),
    verb("visit"),
    wrote("visit", role="grid", on="2026-04-13", said="在家，情况平稳"),
    verb("end"),
    wrote("end", why="帮教期满"),
]
