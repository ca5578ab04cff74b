"""The program's side of the town (模拟场景): the town of the tests with the model's classes, calendar and people."""

from dataclasses import dataclass, field
from datetime import date, time

from django.conf import settings

from shequtong.access.actor import AccountActor
from shequtong.access.testing import make_anonymous, make_appointment
from shequtong.accounts.testing import make_account
from shequtong.cases.usecases import NewStandard, publish_standard, set_stage_limit
from shequtong.core import held
from shequtong.core.actors import Actor, SystemActor
from shequtong.territory.models import CalendarDay, CalendarYear, OfficeHours, WorkCalendar
from shequtong.testing.town import NOON, TOWN_HALL, Town, build_town, point
from tests.simulator import clock
from tests.simulator.people import CLASSES, FOREIGN, PEOPLE, STAGE_MINUTES, STATIONS

CLOCK = SystemActor("Clock")
POINTS = {"grid_one": point(0.25, 0.25), "grid_two": point(1.5, 0.5)}


@dataclass
class Scene:
    """Actors, stations and cases by the model's names. `cases` are ids and numbers in the order of the model."""

    town: Town
    people: dict[str, Actor] = field(default_factory=dict)
    accounts: dict[int, str] = field(default_factory=dict)
    stations: dict[str, int] = field(default_factory=dict)
    station_names: dict[int, str] = field(default_factory=dict)
    cases: list[tuple[int, str]] = field(default_factory=list)
    phones: dict[str, str] = field(default_factory=dict)  # people of the town by their own numbers

    def actor(self, who: str) -> Actor:
        """By the model's name; `key:2` holds the key of case 2, "anyone" none."""
        if who.startswith("key:"):
            return make_anonymous(self.cases[int(who[4:])][0])
        return make_anonymous() if who == "anyone" else self.people[who]

    def account(self, who: str) -> int | None:
        """Their account."""
        return self.people[who].account_id if who else None


def build_scene() -> Scene:
    """All of it; nothing in it changes while lives are played."""
    town = build_town()
    _calendar()
    _standards()
    for name, role, unit, station in (
        ("lu", "station_handler", town.street, "police"),
        ("tang", "station_head", town.street, "market_regulation"),
    ):
        town.accounts[name] = make_account(name, staff=True)
        make_appointment(town.accounts[name], role, unit, town.stations[station])
    held.drop_all()
    settings.TEXTS_PER_PHONE_DAY = 10**6  # the cap on texts is another page's rule
    scene = Scene(town)
    for name, person in PEOPLE.items():
        scene.people[name] = town.actor(name) if person.account else CLOCK
        if isinstance(found := scene.people[name], AccountActor):
            scene.accounts[found.account_id] = name
            scene.phones[town.accounts[name].phone.reveal()] = name
    scene.stations = {name: town.stations[name].pk for name in STATIONS} | {FOREIGN: town.next_police.pk}
    scene.station_names = {pk: name for name, pk in scene.stations.items()}
    return scene


def _calendar() -> None:
    calendar = WorkCalendar.objects.get()
    OfficeHours.objects.all().delete()
    CalendarDay.objects.all().delete()
    for first, last, hours in clock.SEASONS:
        for opens, closes in hours:
            OfficeHours.objects.create(
                calendar=calendar,
                season_from=f"{first[0]:02}-{first[1]:02}",
                season_to=f"{last[0]:02}-{last[1]:02}",
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
            )
    days: list[tuple[str, frozenset[date]]] = [("holiday", clock.HOLIDAYS), ("workday", clock.MAKEUP_DAYS)]
    CalendarDay.objects.bulk_create(
        CalendarDay(calendar=calendar, day=day, kind=kind) for kind, found in days for day in sorted(found)
    )
    CalendarYear.objects.get_or_create(calendar=calendar, year=2025, defaults={"source": "test"})


def _standards() -> None:
    for code, rows in CLASSES.items():
        for number, row in enumerate(rows, start=1):
            new = NewStandard(
                code,
                "livelihood",
                code,
                code,
                f"立案条件{number}",
                "结案条件",
                row.amount,
                row.kind,
                "依据",
                (("police", "lead", "依据"),),
                after_photo_required=row.after_photo,
                answer_required=row.answer,
                answer_approval=row.approval,
                confirm_required=row.confirm,
                row=number,
            )
            publish_standard(new=new, by=TOWN_HALL, now=NOON)
    for stage, minutes in STAGE_MINUTES.items():
        set_stage_limit(stage=stage, minutes=minutes, kind="work_hours", by=TOWN_HALL, now=NOON)
