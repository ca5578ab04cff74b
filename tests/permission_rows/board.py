"""The board: who sees cases by territory sees those of that territory; a station works through its queue."""

from django.utils import timezone

from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def under(scene: Scene) -> Values:
    """A community of the row's own street."""
    return {"under": scene.town.community.code}


def a_day(scene: Scene) -> Values:
    """What was received today."""
    return {"what": "received", "day": timezone.localdate().isoformat()}


def a_day_under(scene: Scene) -> Values:
    """The same, of that community."""
    return {**a_day(scene), **under(scene)}


BY_TERRITORY = (Kind.STAFF, Kind.NEIGHBOUR, Kind.CLERK)
INSIDE = (Kind.STAFF, Kind.CLERK)
ROWS = [
    *(Row(name, only(*BY_TERRITORY)) for name in ("pages:board", "pages:board-piece", "pages:board-map")),
    *(
        Row(name, only(*INSIDE), data=under, label="of a unit")
        for name in ("pages:board", "pages:board-piece", "pages:board-map")
    ),
    Row("pages:board", only(Kind.CLERK), staff="wang", label="of a station"),
    Row("pages:board-day", only(*BY_TERRITORY), data=a_day),
    Row("pages:board-day", only(*INSIDE), data=a_day_under, label="of a unit"),
]
