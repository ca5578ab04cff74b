"""The demo's duty rosters (演示值班表): of each station with people, the two weeks that come; nights, and the days on which no office is open."""

from datetime import datetime, time, timedelta

from shequtong.access.posts import people_of_station
from shequtong.core.actors import Actor
from shequtong.core.places import place
from shequtong.organizations.duty import shifts_between
from shequtong.organizations.stations import stations_of_subdistrict
from shequtong.organizations.usecases.add_duty import add_duty

DAYS = 14
_EVENING, _MORNING = time(18), time(8)
_SATURDAY = 5


def build_rosters(subdistrict: int, by: Actor, now: datetime) -> int:
    """The people of a station in turn, by day; a station that has a roster keeps it. How many shifts were made."""
    zone, made = place(subdistrict).zone, 0
    today = now.astimezone(zone).date()
    starts = datetime.combine(today, time(), zone)
    for station in stations_of_subdistrict(subdistrict):
        people = list(people_of_station(station.id, today).items())
        if not people or shifts_between(station.id, starts, starts + timedelta(days=DAYS)):
            continue
        for n in range(-1, DAYS):  # last night, too: somebody is there this morning
            day = today + timedelta(days=n)
            account, name = people[n % len(people)]
            # On days without an office somebody is there by day, too: the same person till the next morning.
            begins = _MORNING if day.weekday() >= _SATURDAY else _EVENING
            who = {"station_id": station.id, "account_id": account}
            made += len(add_duty(**who, name=name, first=day, last=day, begins=begins, ends=_MORNING, by=by, now=now))
    return made
