"""The registry: who works in the community of a home keeps it, the street's supervisor sees to it; nobody else knows that it is there."""

from datetime import date

from django.utils import timezone

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.people.models import Person
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.usecases import write_set
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only

SEES = only(Kind.STAFF)
DOES = only(Kind.STAFF, outcome=302)
STAFF = "hu"


def somebody(scene: Scene) -> Person:
    """Somebody behind a door of the street, in one set."""
    room = make_room(scene.town.building)
    found = make_person(room, id_number=make_id(date(1941, 5, 6), 21), phone="16100000001", now=timezone.now())
    write_set(
        person_id=found.pk, name="elderly", values={"living": "alone"}, source="visit", by=scene.town.hu, now=timezone.now()
    )
    return found


def person(scene: Scene) -> Values:
    """That person."""
    return {"person_id": somebody(scene).pk}


def door(scene: Scene) -> Values:
    """Their door."""
    return {"room_id": somebody(scene).room_id}


def building(scene: Scene) -> Values:
    """The house they live in."""
    return {"building_id": somebody(scene).building_id}


def building_with_case(scene: Scene) -> Values:
    """The house, with a case at it."""
    case = make_case(scene.town)
    Case.objects.filter(pk=case.pk).update(building=scene.town.building)
    return building(scene)


def elderly(scene: Scene) -> Values:
    """Their set."""
    return {**person(scene), "name": "elderly"}


def phone(scene: Scene) -> Values:
    """Their telephone."""
    return {**person(scene), "what": "phone"}


def registered(_scene: Scene) -> Values:
    """Somebody new, as the form sends it."""
    return {"name": "李四", "kind": "tenant", "lives": "on", "source": "visit"}


ROWS = [
    Row("people:desk-persons", only(Kind.STAFF, Kind.NEIGHBOUR), staff=STAFF),
    Row("people:desk-buildings", only(Kind.STAFF, Kind.NEIGHBOUR), staff=STAFF),
    Row("pages:registry-building", SEES, staff=STAFF, kwargs=building),
    Row(
        "people:desk-find",
        only(Kind.STAFF, Kind.NEIGHBOUR),
        method="POST",
        staff=STAFF,
        data=lambda scene: {"q": "张建国"},
    ),
    Row("pages:registry-building-cases", SEES, staff=STAFF, kwargs=building_with_case),
    Row("pages:registry-building-past", SEES, staff=STAFF, kwargs=building),
    Row("people:desk-confirm-home", SEES, staff=STAFF, kwargs=door),
    Row(
        "people:desk-confirm-home",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=door,
        data=lambda scene: {"state": "let", "source": "visit"},
    ),
    Row("people:desk-describe-home", SEES, staff=STAFF, kwargs=door),
    Row("people:desk-describe-home", DOES, method="POST", staff=STAFF, kwargs=door, data=lambda scene: {"use": "shop"}),
    Row("pages:registry-person", SEES, staff=STAFF, kwargs=person),
    Row("pages:registry-cases", SEES, staff=STAFF, kwargs=person),
    Row("pages:registry-cases", SEES, method="POST", staff=STAFF, kwargs=person, data=lambda scene: {"reason": "来电咨询进度"}),
    Row("pages:registry-door", SEES, staff=STAFF, kwargs=door),
    Row("people:desk-register", SEES, staff=STAFF, kwargs=door),
    Row("people:desk-register", DOES, method="POST", staff=STAFF, kwargs=door, data=registered),
    Row("people:desk-change", SEES, staff=STAFF, kwargs=person),
    Row(
        "people:desk-change",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=person,
        data=lambda scene: {"source": "visit", "version": 2, "occupation": "退休", "name": "张建国"},
    ),
    Row("people:desk-set", SEES, staff=STAFF, kwargs=elderly),
    Row(
        "people:desk-set",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=elderly,
        data=lambda scene: {"source": "visit", "living": "couple"},
    ),
    Row("people:desk-set-end", SEES, staff=STAFF, kwargs=elderly),
    Row(
        "people:desk-set-end",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=elderly,
        data=lambda scene: {"source": "visit", "why": "搬离"},
    ),
    Row("people:desk-reveal", SEES, staff=STAFF, kwargs=phone),
    Row("people:desk-reveal", SEES, method="POST", staff=STAFF, kwargs=phone, data=lambda scene: {"reason": "上门前联系"}),
]
