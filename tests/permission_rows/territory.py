"""Layers of maps and the address search are public; calendars are for who manages some: the administrator all, a street its own."""

from datetime import UTC, datetime

from shequtong.core.actors import SystemActor
from shequtong.territory.models import WorkCalendar
from shequtong.territory.usecases.copy_calendar import copy_calendar
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only

TEXT = "元旦：1月1日（周五）至3日（周日）放假，共3天。"
SEES = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.SYSTEM_ADMIN)
CHANGES = only(Kind.STAFF, Kind.SYSTEM_ADMIN)
CHANGED = only(Kind.STAFF, Kind.SYSTEM_ADMIN, outcome=302)
STAFF = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
ADMINISTRATORS = (Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN)


def of_the_city(scene: Scene) -> Values:
    """The calendar everybody counts by."""
    return {"calendar_id": WorkCalendar.objects.order_by("id")[0].pk}


def of_the_street(scene: Scene) -> Values:
    """A calendar that only the street counts by."""
    made = copy_calendar(unit_id=scene.town.street.pk, name="狮山街道", by=SystemActor("row"), now=datetime.now(UTC))
    return {"calendar_id": made.pk}


def street(scene: Scene) -> Values:
    """The street itself."""
    return {"unit_id": scene.town.street.pk}


def season(_scene: Scene) -> Values:
    """Office hours as the form sends them."""
    return {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-season_from": "01-01",
        "form-0-season_to": "12-31",
        "form-0-weekdays": ["1", "2", "3", "4", "5"],
        "form-0-hours": "08:30-12:00 13:30-17:30",
    }


ROWS = [
    Row("territory:units", anyone(200)),
    Row("territory:buildings", anyone(200), data=lambda scene: {"bbox": "120.55,31.29,120.56,31.30"}),
    Row("territory:compounds", anyone(200), data=lambda scene: {"bbox": "120.55,31.29,120.56,31.30"}),
    Row("territory:address", anyone(200), data=lambda scene: {"q": "枫桥路12号"}),
    Row("territory:desk-calendars", SEES, staff="supervisor"),
    Row("territory:desk-calendar", SEES, staff="supervisor", kwargs=of_the_city, label="the city's"),
    Row("territory:desk-calendar", CHANGES, staff="supervisor", kwargs=of_the_street, label="the street's"),
    *(
        Row(name, only(Kind.SYSTEM_ADMIN), staff="supervisor", kwargs=of_the_city, label="the city's")
        for name in ("territory:desk-calendar-notice", "territory:desk-calendar-days", "territory:desk-calendar-hours")
    ),
    *(
        Row(name, CHANGES, staff="supervisor", kwargs=of_the_street, label="the street's")
        for name in ("territory:desk-calendar-notice", "territory:desk-calendar-days", "territory:desk-calendar-hours")
    ),
    Row(
        "territory:desk-calendar-notice",
        CHANGES,
        method="POST",
        staff="supervisor",
        kwargs=of_the_street,
        data=lambda scene: {"source": "通知", "text": TEXT},
        label="preview",
    ),
    Row(
        "territory:desk-calendar-notice",
        CHANGED,
        method="POST",
        staff="supervisor",
        kwargs=of_the_street,
        data=lambda scene: {"source": "通知", "days": "2027-01-01 holiday 元旦"},
        label="taken over",
    ),
    Row(
        "territory:desk-calendar-days",
        CHANGED,
        method="POST",
        staff="supervisor",
        kwargs=of_the_street,
        data=lambda scene: {"first": "2027-03-01", "kind": "holiday", "name": "本地"},
    ),
    Row("territory:desk-calendar-hours", CHANGED, method="POST", staff="supervisor", kwargs=of_the_street, data=season),
    Row("territory:desk-calendar-units", SEES, staff="supervisor"),
    Row("territory:desk-calendar-unit", CHANGES, staff="supervisor", kwargs=street),
    Row(
        "territory:desk-calendar-unit", CHANGED, method="POST", staff="supervisor", kwargs=street, data=lambda _: {"calendar": ""}
    ),
    Row("territory:desk-calendar-copy", CHANGES, staff="supervisor", kwargs=street),
    Row(
        "territory:desk-calendar-copy",
        CHANGED,
        method="POST",
        staff="supervisor",
        kwargs=street,
        data=lambda scene: {"name": "狮山街道日历"},
    ),
    Row(
        "territory:desk-calendar-later",
        only(*STAFF, *ADMINISTRATORS, outcome=302),
        method="POST",
        staff="supervisor",
        data=lambda scene: {"years": "2027", "next": "/desk/"},
    ),
]
