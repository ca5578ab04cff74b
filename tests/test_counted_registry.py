"""The registry counted (人房登记的计数): pages of 3,000 people cost what those of one cost, and read along indexes."""

import re
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import connection, transaction
from django.test import Client

from shequtong.core.actors import SystemActor
from shequtong.core.bulk import copy_lines
from shequtong.core.locality.ids import new_id
from shequtong.core.submissions import new_submit_key
from shequtong.pages.demo.census.lines import Lines
from shequtong.pages.demo.census.loading import Census, Wanted, doors_of
from shequtong.people.models import Person
from shequtong.people.testing import make_room
from shequtong.territory.models import Room
from shequtong.testing.plans import plans
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db

PEOPLE, ROOMS = 3_000, 2_000
LIST = "/desk/registry/"
LISTS = (
    "",
    "?mark=elderly",
    "?mark=alone&age=80",
    "?age=80",
    "?age=minor",
    "?population=02",
    "?under=320505002015001&mark=disability",
)
_BAD = re.compile(r"\bSCAN (?:people_\w+|territory_room|territory_building|U\d)\b(?! USING)|AUTOMATIC")


@pytest.fixture
def peopled(town: Town) -> Town:
    """The town's building with two thousand rooms and three thousand people."""
    first = make_room(town.building)
    rooms = Lines(Room, {"subdistrict_id": STREET, "entrance_id": first.entrance_id})
    names = count(1)
    for _n in range(ROOMS - 1):
        n = next(names)
        rooms.add(new_id(STREET), {"floor": 10 + n // 20, "name": f"{10 + n // 20}{n % 20:02d}"})
    copy_lines(Room, rooms.taken())
    doors = list(doors_of(STREET))
    census = Census(STREET, Wanted(PEOPLE, len(doors), PEOPLE // 16), 7, SystemActor("count"), datetime.now(UTC))
    census.load(doors, lambda _n: None)
    assert census.people == PEOPLE
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return town


def _cost(client: Client, address: str) -> int:
    client.get(address)  # what is held in memory is read once
    with count_statements() as seen:
        assert client.get(address).status_code == 200
    return seen.warm.total


def test_pages_cost_the_same_with_three_thousand(peopled: Town) -> None:
    client = Client()
    client.force_login(peopled.accounts["hu"])
    for more in LISTS:
        assert _cost(client, LIST + more) <= 5, more
    person = Person.objects.filter(room__isnull=False).order_by("id")[1000]
    assert _cost(client, f"{LIST}persons/{person.pk}/") <= 14
    assert _cost(client, f"{LIST}homes/{person.room_id}/") <= 8
    assert _cost(client, f"{LIST}buildings/{person.building_id}/") <= 10
    assert _cost(client, "/desk/search/?q=wangwei") <= 10


def test_a_page_reads_its_rows_and_no_more(peopled: Town) -> None:
    client = Client()
    client.force_login(peopled.accounts["hu"])
    client.get(LIST)
    for more in LISTS:
        with plans("people_person") as found:
            assert client.get(LIST + more).status_code == 200
        for sql, plan in found:
            told = [str(row[-1]) for row in plan] if connection.vendor == "sqlite" else []
            assert not [line for line in told if _BAD.search(line)], (more, sql, told)


def test_a_search_reads_by_its_terms(peopled: Town) -> None:
    client = Client()
    client.force_login(peopled.accounts["hu"])
    page = client.get(LIST)
    with transaction.atomic(), plans("people_person") as found:
        key = new_submit_key(page.wsgi_request)
        assert client.post(f"{LIST}find/", {"submit_key": key, "q": "wangwei"}).status_code == 200
    for sql, plan in found:
        told = [str(row[-1]) for row in plan] if connection.vendor == "sqlite" else []
        assert not [line for line in told if _BAD.search(line)], (sql, told)
