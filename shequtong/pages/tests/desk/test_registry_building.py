"""The board of a building: every room once, states and counts, what a filter finds; never a name, never for the next street."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.core.submissions import new_submit_key
from shequtong.people.models import Home
from shequtong.people.testing import REGISTRAR, make_id, make_person, make_room
from shequtong.people.usecases import confirm_home, write_set
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.models import Entrance, Room
from shequtong.territory.usecases.add_buildings import add_buildings
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

ODD = [(5, "501"), (5, "501复式"), (1, "商铺1"), (1, "商铺12"), (-1, "B101"), (0, "门卫室"), (4, "403"), (2, "0")]


def signed_in(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.accounts[name])
    return client


def board(town: Town, name: str = "hu", **asked: Any) -> str:
    answer = signed_in(town, name).get(reverse("pages:registry-building", args=[town.building.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def cell(page: str, room: Room) -> str:
    """The link of a room, as it stands on the board; it stands there once."""
    found = re.findall(rf'<a class="plate__room[^>]*href="{reverse("pages:registry-door", args=[room.pk])}".*?</a>', page)
    assert len(found) == 1, room.name
    return str(found[0])


def test_every_room_of_the_building_is_drawn_once(town: Town) -> None:
    rooms = [make_room(town.building, entrance, floor, name) for entrance in (1, 2) for floor, name in ODD]
    make_room(town.next_building, 1, 5, "501")
    page = board(town)
    for room in rooms:
        assert f"<b>{room.name}</b>" in cell(page, room)
    assert page.count('<a class="plate__room--') == len(rooms)
    only = board(town, entrance="2")
    assert only.count('<a class="plate__room--') == len(ODD)


def test_a_cell_says_state_and_heads_and_never_a_name(town: Town) -> None:
    now, room, empty = timezone.now(), make_room(town.building), make_room(town.building, 1, 5, "502")
    for serial, name in ((21, "王德发"), (22, "李秀英")):
        make_person(room, name, id_number=make_id(date(1941, 5, 6), serial), now=now, relation="02" if serial == 21 else "10")
    confirm_home(room_id=room.pk, state="owned", by=town.he, now=now)
    confirm_home(room_id=empty.pk, state="empty", by=town.he, now=now - timedelta(days=100))
    page = board(town)
    assert "自住" in cell(page, room)
    assert "</b>自 2</a>" in cell(page, room)
    assert "plate__room--due" not in cell(page, room)
    assert "plate__room--due" in cell(page, empty)
    assert "plate__room--due" not in cell(board(town, days="180"), empty)
    for said in ("王", "李", "德发"):
        assert said not in page


def test_a_filter_marks_what_it_finds_and_counts_it(town: Town) -> None:
    now = timezone.now()
    alone, couple, young = (make_room(town.building, 1, floor, f"{floor}01") for floor in (1, 2, 3))
    for room, living, born in ((alone, "alone", 1941), (couple, "couple", 1941), (young, "alone", 1961)):
        person = make_person(room, "王德发", id_number=make_id(date(born, 5, 6), room.floor * 2 + 11), now=now)
        write_set(person_id=person.pk, name="elderly", values={"living": living}, source="visit", by=town.hu, now=now)
    page = board(town, mark="alone", age="80")
    assert "plate__room--on" in cell(page, alone)
    assert "plate__room--off" in cell(page, couple)
    assert "plate__room--off" in cell(page, young)
    assert "符合条件：1 户，1 人" in page
    care = board(town, sign="care")
    assert "plate__room--on" in cell(care, young)
    assert "plate__room--off" in cell(care, couple)
    assert "plate__room--off" not in board(town)


def test_the_statements_do_not_grow(town: Town) -> None:
    url = reverse("pages:registry-building", args=[town.building.pk])
    client, asked = signed_in(town, "hu"), {"mark": "elderly", "age": "80"}
    make_room(town.building)
    client.get(url, asked)
    with count_statements() as few:
        client.get(url, asked)
    behind = Entrance.objects.get(building=town.building)
    Room.objects.bulk_create(
        Room(subdistrict_id=behind.subdistrict_id, entrance=behind, floor=n // 20, name=f"{n // 20}{n % 20 + 1:02d}")
        for n in range(200, 600)
    )
    with count_statements() as many:
        client.get(url, asked)
    assert few.warm.total == many.warm.total <= 10
    assert Home.objects.count() == 0


def test_the_list_counts_what_is_known_and_due(town: Town) -> None:
    now, room = timezone.now(), make_room(town.building)
    make_person(room, now=now)
    confirm_home(room_id=room.pk, state="let", by=town.he, now=now - timedelta(days=91))
    page = " ".join(signed_in(town, "hu").get(reverse("people:desk-buildings")).content.decode().split())
    assert town.building.address in page
    assert town.next_building.address not in page
    assert re.search(r'data-label="已知房屋" class="number">1<.*data-label="居住人数" class="number">1<.*class="number">1<', page)


def test_the_list_is_searched_by_address(town: Town) -> None:
    lon, lat = point(1.5, 0.5)
    add_buildings(new=[NewBuilding("枫桥路", "20号", "1幢", lon, lat, 3, 2, 4)], by=REGISTRAR, now=timezone.now())
    client, url = signed_in(town, "hu"), reverse("people:desk-buildings")
    assert "枫桥路20号1幢" in client.get(url, {"q": "枫桥路20号"}).content.decode()
    assert "枫桥路20号1幢" not in client.get(url, {"q": "邓尉路"}).content.decode()
    assert "枫桥路20号1幢" not in signed_in(town, "gao").get(url, {"q": "枫桥路20号"}).content.decode()


def test_there_is_no_such_building_for_the_next_street(town: Town) -> None:
    url = reverse("pages:registry-building", args=[town.building.pk])
    make_room(town.building)
    assert signed_in(town, "gao").get(url).status_code == 404
    assert signed_in(town, "xu").get(url).status_code == 404
    assert signed_in(town, "hu").get(reverse("pages:registry-building", args=[town.next_building.pk])).status_code == 404


def test_tabs_are_there_when_they_hold_something_the_reader_may_see(town: Town) -> None:
    room = make_room(town.building)
    assert "本楼栋案件" not in board(town)
    case = make_case(town)
    Case.objects.filter(pk=case.pk).update(building=town.building, title="三单元楼道堆物")
    make_person(room, "王德发", now=timezone.now(), since=date(2026, 3, 1))
    page = board(town)
    for label, route, said in (("本楼栋案件", "cases", "三单元楼道堆物"), ("入住搬离", "past", "2026-03-01")):
        url = reverse(f"pages:registry-building-{route}", args=[town.building.pk])
        assert url in page
        answer = signed_in(town, "hu").get(url)
        assert label in page
        assert said in answer.content.decode()
        assert "德发" not in answer.content.decode()
        assert signed_in(town, "gao").get(url).status_code == 404


def test_a_home_is_confirmed_and_described_from_its_page(town: Town) -> None:
    room = make_room(town.building)
    client, door = signed_in(town, "he"), reverse("pages:registry-door", args=[room.pk])
    assert reverse("pages:registry-building", args=[town.building.pk]) in client.get(door).content.decode()
    key = new_submit_key(client.get(door).wsgi_request)
    answer = client.post(
        reverse("people:desk-confirm-home", args=[room.pk]), {"submit_key": key, "state": "let", "source": "visit"}
    )
    assert answer["Location"] == door
    home = Home.objects.get()
    assert (home.state, home.due_on) == ("let", timezone.localdate() + timedelta(days=90))

    url = reverse("people:desk-describe-home", args=[room.pk])
    told = {"use": "dwelling", "area": "89.65", "shared": "on", "version": home.version}
    assert client.post(url, {"submit_key": new_submit_key(client.get(url).wsgi_request), **told}).status_code == 302
    home.refresh_from_db()
    assert (home.use, home.area, home.shared, home.public) == ("dwelling", 8965, True, False)
    page = client.get(door).content.decode()
    assert "89.65" in page
    assert "住宅" in page
    again = client.post(url, {"submit_key": new_submit_key(client.get(url).wsgi_request), **told})
    assert again.status_code == 422
    assert "他人" in again.content.decode()
