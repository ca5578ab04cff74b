"""What happens in life, and homes due for confirmation: who keeps a community's registry records it; nobody else knows that it is there."""

from datetime import timedelta

from django.utils import timezone

from shequtong.people.models import Home
from shequtong.people.usecases import move_out
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from tests.permission_rows.registry import DOES, SEES, STAFF, door, person, somebody


def left(scene: Scene) -> Values:
    """What was recorded of somebody who left."""
    one = somebody(scene)
    now = timezone.now()
    event = move_out(person_ids=[one.pk], on=timezone.localdate(), source="visit", by=scene.town.hu, now=now)
    return {"event_id": event.pk}


def dying(scene: Scene) -> Values:
    """Their death."""
    return {**person(scene), "event": "death"}


def let(scene: Scene) -> Values:
    """A door that is known to be let."""
    found = door(scene)
    Home.objects.update(state="let", due_on=timezone.localdate() - timedelta(days=1))
    return found


ROWS = [
    Row("people:desk-due", only(Kind.STAFF, Kind.NEIGHBOUR), staff=STAFF),
    Row("people:desk-seen", DOES, method="POST", staff=STAFF, kwargs=let),
    Row("people:desk-life-menu", SEES, staff=STAFF, kwargs=person),
    Row("people:desk-life", SEES, staff=STAFF, kwargs=dying),
    Row(
        "people:desk-life",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=dying,
        data=lambda scene: {"on": str(timezone.localdate()), "source": "visit", "step": "record"},
    ),
    Row("people:desk-life-who", SEES, staff=STAFF, kwargs=door),
    Row("people:desk-life-who", SEES, method="POST", staff=STAFF, kwargs=door, data=lambda scene: {"q": "张建国"}),
    Row("people:desk-life-tenants", SEES, staff=STAFF, kwargs=door),
    Row(
        "people:desk-life-tenants",
        DOES,
        method="POST",
        staff=STAFF,
        kwargs=door,
        data=lambda scene: {"on": str(timezone.localdate()), "source": "visit", "name_0": "李四", "step": "record"},
    ),
    Row("people:desk-life-undo", SEES, staff=STAFF, kwargs=left),
    Row("people:desk-life-undo", DOES, method="POST", staff=STAFF, kwargs=left),
]
