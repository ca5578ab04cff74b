"""Nobody of 64,060 leaks (人口登记不外泄): no name, telephone or document number stands in a page, an answer, a log, a session, the audit or any column.

Names are looked for as every stretch of two to four Han characters; those that stand in the program's own words anyway are told apart by the
same walk before anybody is on record.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from shequtong.audit.usecases.seal_entries import seal_entries
from shequtong.core.actors import SystemActor
from shequtong.core.bulk import copy_lines, take_statistics
from shequtong.core.locality.ids import new_id
from shequtong.core.submissions import new_submit_key
from shequtong.pages.demo.census.lines import Lines
from shequtong.pages.demo.census.loading import Census, Wanted, doors_of
from shequtong.people.models import Person
from shequtong.people.testing import make_room
from shequtong.territory.models import Room
from shequtong.testing.leaks import database_rows
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db

PEOPLE, ROOMS = 64_060, 39_000
_DIGITS = re.compile(r"(?<![0-9A-Fa-f])[0-9]{11}(?![0-9A-Fa-f])|[0-9]{17}[0-9X]")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")


def _numbers(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in _DIGITS.findall(text)}


def _names(texts: Iterable[str]) -> set[str]:
    """Every stretch of two to four characters."""
    found: set[str] = set()
    for text in texts:
        for run in set(_HAN.findall(text)):
            found.update(run[at : at + size] for size in (2, 3, 4) for at in range(len(run) - size + 1))
    return found


def _walk(town: Town, people: list[Person]) -> Iterator[str]:
    """What everybody is shown: residents, other systems, staff of the place, of others; errors, too."""
    public = (
        "/",
        "/report/",
        "/answers/",
        "/glossary/",
        "/open311/v2/requests.json",
        "/open311/v2/services.xml",
        "/no/such/page/",
    )
    desk = [
        "/desk/",
        "/desk/registry/",
        "/desk/registry/?mark=elderly&age=80",
        "/desk/search/?q=王伟",
        "/desk/registry/buildings/",
        "/board/",
    ]
    for one in people:
        desk += [f"/desk/registry/persons/{one.pk}/", f"/desk/registry/persons/{one.pk}/change/"]
        desk += [f"/desk/registry/homes/{one.room_id}/", f"/desk/registry/buildings/{one.building_id}/"]
    for who in ("", "hu", "he", "gao", "xu", "qian"):
        client = Client(raise_request_exception=False)
        if who:
            client.force_login(town.accounts[who])
        for address in (
            public if not who else dict.fromkeys([*public, *desk])
        ):  # all live in one building: its board is drawn once each
            yield client.get(address).content.decode()
        if who == "hu":
            yield from _finds(client, people)


def _finds(client: Client, people: list[Person]) -> Iterator[str]:
    """Who looks for a name, a number or a phone is shown masks; what they typed stands in their own box, and is taken out here."""
    key = new_submit_key(client.get("/desk/registry/").wsgi_request)
    for one in people:
        for words in (one.name.reveal(), one.phone.reveal(), one.id_number.reveal()):
            if words:
                answer = client.post("/desk/registry/find/", {"submit_key": key, "q": words})
                yield answer.content.decode().replace(words, "")


def _everybody(town: Town) -> None:
    first = make_room(town.building)
    rooms = Lines(Room, {"subdistrict_id": STREET, "entrance_id": first.entrance_id})
    for n in range(ROOMS - 1):
        rooms.add(new_id(STREET), {"floor": 10 + n // 400, "name": f"x{n}"})
    copy_lines(Room, rooms.taken())
    doors = list(doors_of(STREET))
    Census(STREET, Wanted(PEOPLE, len(doors), 4_000), 3, SystemActor("leaks"), datetime.now(UTC)).load(doors, lambda _n: None)
    take_statistics()  # as a database does by itself within a minute; all this is one transaction


def test_nobody_of_all_leaks(town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    before = list(_walk(town, []))
    own_words = _names([*before, *(text for _table, text in database_rows())])
    _everybody(town)

    names, numbers = set[str](), set[str]()
    for one in Person.objects.filter(subdistrict=STREET).iterator(5000):
        names.add(one.name.reveal())
        numbers |= {one.phone.reveal(), one.id_number.reveal(), one.emergency_phone.reveal()} - {""}
    assert len(numbers) > PEOPLE
    names -= own_words

    some = list(Person.objects.filter(subdistrict=STREET, room__isnull=False).order_by("id")[:: PEOPLE // 12][:12])
    pages = list(_walk(town, some))
    seal_entries(subdistrict_id=STREET, now=datetime.now(UTC))
    told = [*pages, caplog.text, *capfd.readouterr(), *(text for _table, text in database_rows())]
    assert sorted(_numbers(told) & numbers) == []
    assert sorted(_names(told) & names) == []


def test_the_scan_would_find_them() -> None:
    assert _numbers(["x16100000001y", '"320599199001010015"']) == {"16100000001", "320599199001010015"}
    assert "王德发" in _names(["户主王德发在家"])
