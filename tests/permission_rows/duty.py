"""The duty roster: its station's head keeps it, its people read it and no other station's; an office reads those of its street."""

from datetime import date, time

from shequtong.organizations.usecases.add_duty import add_duty
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import NOON

DAY = date(2099, 4, 13)
HEADS = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION)


def a_shift(scene: Scene) -> Values:
    """A night of Wang's."""
    account, by = scene.town.accounts["wang"], scene.town.wang
    hours = {"first": DAY, "last": DAY, "begins": time(18), "ends": time(8)}
    made = add_duty(station_id=scene.town.police.pk, account_id=account.pk, name=str(account), by=by, now=NOON, **hours)  # type: ignore[arg-type]  # dates and times, as they are named
    return {"shift_id": made[0].pk}


def a_week(scene: Scene) -> Values:
    """The week of that night, to be copied."""
    a_shift(scene)
    return {"monday": DAY.isoformat(), "weeks": "1"}


def a_night(scene: Scene) -> Values:
    """Wang for a night."""
    return {"person": scene.town.accounts["wang"].pk, "first": DAY, "last": DAY, "begins": "18:00", "ends": "08:00"}


ROWS = [
    Row("pages:duty", only(*HEADS, Kind.CLERK), staff="wang"),
    Row("pages:duty", only(*HEADS, Kind.CLERK), staff="lin", label="of all stations"),
    # Others find none of Wang's people to choose from on their own roster.
    Row(
        "pages:duty",
        {**only(Kind.STAFF, outcome=302), Kind.NEIGHBOUR: 422, Kind.FOREIGN_STATION: 422},
        method="POST",
        staff="wang",
        data=a_night,
    ),
    Row("pages:duty-copy", only(*HEADS, outcome=302), method="POST", staff="wang", data=a_week),
    Row("pages:duty-remove", only(Kind.STAFF, outcome=302), method="POST", staff="wang", kwargs=a_shift),
]
