"""A building of a thousand rooms weighs little: elements and bytes a room, statements; names and roles are there all the same."""

import gzip
import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.people.models import Home
from shequtong.people.testing import make_room
from shequtong.people.usecases import confirm_home
from shequtong.territory.models import Entrance, Room
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

ROOMS = 1000


def full_building(town: Town) -> str:
    """The address of its board; the first room has an odd name, every seventh home needs care."""
    now, first = timezone.now(), make_room(town.building, 1, 1, "门卫<室>及值班室")
    confirm_home(room_id=first.pk, state="empty", by=town.he, now=now)
    behind = Entrance.objects.get(building=town.building)
    rooms = Room.objects.bulk_create(
        Room(subdistrict_id=behind.subdistrict_id, entrance=behind, floor=n // 20 + 1, name=f"{n // 20 + 1}{n % 20 + 1:02d}")
        for n in range(ROOMS - 1)
    )
    states = Home.State.values
    same = {"subdistrict_id": behind.subdistrict_id, "building": town.building, "recorded_at": now, "valid_from": now.date()}
    Home.objects.bulk_create(
        Home(room=one, state=states[n % len(states)], people=n % 5, care=n % 7 == 0, **same) for n, one in enumerate(rooms)
    )
    return reverse("pages:registry-building", args=[town.building.pk])


def test_a_thousand_rooms_weigh_little(town: Town) -> None:
    client, url = Client(), full_building(town)
    client.force_login(town.accounts["hu"])
    client.get(url)
    with count_statements() as seen:
        page = client.get(url, {"sign": "care"}).content
    assert seen.warm.total <= 9
    board = re.search(rb'<div class="plates.*</table>', page, re.DOTALL)
    assert board
    cells = re.findall(rb"<td.*?</td>", board[0])
    drawn = [one for one in cells if b"href" in one]
    assert len(drawn) == ROOMS
    assert max(one.count(b"<") - one.count(b"</") for one in drawn) == 3
    assert len(board[0]) <= 250 * ROOMS
    assert len(gzip.compress(board[0], 6)) <= 25 * ROOMS
    assert all(re.search(rb'role="cell".*aria-label="[^"<]+"', one) for one in drawn)
    [odd] = [one for one in drawn if "门卫".encode() in one]
    assert "<b>门卫&lt;室&gt;及值班室</b>空".encode() in odd
    assert b"plate__room--long" in odd
    assert page.count(b'role="row"') == ROOMS // 20
