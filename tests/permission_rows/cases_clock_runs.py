"""What moved after a calendar was changed: where one's calendars or cases are; the cases themselves only within one's reach."""

from shequtong.cases.testing import make_case
from shequtong.cases.usecases.ask_recompute import ask_recompute
from shequtong.core.actors import SystemActor
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING, STREET


def run(scene: Scene) -> Values:
    """A run of the street."""
    make_case(scene.town)
    (asked,) = ask_recompute(calendar_id=1, subdistricts=[STREET], by=SystemActor("row"), now=MORNING)
    return {"run_id": asked.pk}


ROWS = [
    Row("cases:desk-clock-runs", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN)),
    Row("cases:desk-clock-run", only(Kind.STAFF, Kind.FOREIGN_STATION, Kind.CLERK, Kind.SYSTEM_ADMIN), kwargs=run),
]
