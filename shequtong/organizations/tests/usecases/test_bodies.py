"""Agencies, stations, precinct offices and seats come and go by use-cases; each leaves its trace."""

import pytest

from shequtong.audit.models import Entry
from shequtong.core.actors import Grant
from shequtong.core.refusals import Forbidden
from shequtong.organizations import stations
from shequtong.organizations.models import PrecinctOffice, Seat
from shequtong.organizations.testing import make_agency, make_station
from shequtong.organizations.usecases.add_agency import CannotAddAgency, add_agency
from shequtong.organizations.usecases.add_station import CannotAddStation, add_station
from shequtong.organizations.usecases.end_station import CannotEndStation, end_station
from shequtong.organizations.usecases.give_seat import CannotGiveSeat, give_seat
from shequtong.organizations.usecases.open_precinct_office import CannotOpenOffice, open_precinct_office
from shequtong.territory.testing import NOON, SYSTEM, Clerk, Ground


def open_office(ground: Ground, lead: int) -> PrecinctOffice:
    return open_precinct_office(unit_id=ground.precinct.pk, lead_id=lead, name="第一片区办", by=SYSTEM, now=NOON)


def test_an_office_is_opened_with_its_lead_at_the_table(ground: Ground) -> None:
    police = make_station(make_agency(), ground.street, "P")
    urban = make_station(make_agency("urban_management", "城管"), ground.street, "U")

    office = open_office(ground, police.pk)
    give_seat(office_id=office.pk, station_id=urban.pk, by=SYSTEM, now=NOON)
    give_seat(office_id=office.pk, station_id=urban.pk, by=SYSTEM, now=NOON)

    found = stations.office_of(ground.grids[0].path)
    assert found is not None
    assert (found.lead, found.seats) == (police.pk, (police.pk, urban.pk))
    assert stations.office_of(ground.next_community.path) is None
    assert Entry.objects.filter(what="organizations.seat_given").count() == 1
    assert Entry.objects.get(what="organizations.office_opened").subdistrict_id in (0, 2)


def test_ending_a_station_ends_its_seats_and_a_seat_may_begin_again_only_while_it_stands(ground: Ground) -> None:
    police = make_station(make_agency(), ground.street, "P")
    urban = make_station(make_agency("urban_management", "城管"), ground.street, "U")
    office = open_office(ground, police.pk)
    give_seat(office_id=office.pk, station_id=urban.pk, by=SYSTEM, now=NOON)

    end_station(station_id=urban.pk, reason="撤销", by=SYSTEM, now=NOON)

    assert Seat.objects.get(station=urban).ended_at == NOON
    with pytest.raises(CannotGiveSeat):
        give_seat(office_id=office.pk, station_id=urban.pk, by=SYSTEM, now=NOON)
    with pytest.raises(CannotEndStation):
        end_station(station_id=urban.pk, reason="再撤", by=SYSTEM, now=NOON)
    with pytest.raises(CannotEndStation, match="P"):
        end_station(station_id=police.pk, reason="撤销", by=SYSTEM, now=NOON)  # it leads the office


def test_an_office_stands_in_a_precinct_and_is_led_by_who_serves_it(ground: Ground) -> None:
    police = make_agency()
    here, there = make_station(police, ground.street, "P"), make_station(police, ground.next_street, "N")
    with pytest.raises(CannotOpenOffice):
        open_office(ground, there.pk)
    with pytest.raises(CannotOpenOffice):
        open_precinct_office(unit_id=ground.street.pk, lead_id=here.pk, name="x", by=SYSTEM, now=NOON)
    office = open_office(ground, here.pk)
    with pytest.raises(CannotOpenOffice):
        open_office(ground, here.pk)
    with pytest.raises(CannotGiveSeat):
        give_seat(office_id=office.pk, station_id=there.pk, by=SYSTEM, now=NOON)


@pytest.mark.parametrize(("code", "name"), [("Police", "公安"), ("police 2", "公安"), ("police", "公安"), ("fire", " ")])
def test_refuses_a_bad_agency(db: None, code: str, name: str) -> None:
    make_agency()
    with pytest.raises(CannotAddAgency):
        add_agency(code=code, name=name, by=SYSTEM, now=NOON)


def test_refuses_a_bad_station(ground: Ground) -> None:
    police = make_agency()
    make_station(police, ground.street, "P")
    for code, name in (("P", "甲"), ("", "甲"), ("甲", "甲"), ("Q", "")):
        with pytest.raises(CannotAddStation):
            add_station(agency_id=police.pk, unit_id=ground.street.pk, code=code, name=name, by=SYSTEM, now=NOON)


def test_is_forbidden_from_the_next_street(ground: Ground) -> None:
    gao = Clerk("Gao", grant=Grant(3, ground.next_street.path))
    police = make_agency()
    station = make_station(police, ground.street, "P")
    office = open_office(ground, station.pk)
    for refused in (
        lambda: add_agency(code="fire", name="消防", by=gao, now=NOON),
        lambda: add_station(agency_id=police.pk, unit_id=ground.street.pk, code="Q", name="q", by=gao, now=NOON),
        lambda: open_precinct_office(unit_id=ground.precinct.pk, lead_id=station.pk, name="x", by=gao, now=NOON),
        lambda: give_seat(office_id=office.pk, station_id=station.pk, by=gao, now=NOON),
        lambda: end_station(station_id=station.pk, reason="x", by=gao, now=NOON),
    ):
        with pytest.raises(Forbidden):
            refused()
