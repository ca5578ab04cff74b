"""Since when is not known (起始日期不详): on a day before it was recorded it is shown as unsure; nobody is behind a door before they were born."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from shequtong.people.lookups.behind_door import behind_door
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_registry import signed_in
from shequtong.testing.town import Town

UNSURE = "此后登记，起始日期不详"


def test_marked_before_the_day_it_was_recorded(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    today = timezone.localdate()
    nobody_said = make_person(room, "王德发", now=now - timedelta(days=9))
    make_person(room, "李桂英", relation="", now=now, since=today - timedelta(days=90))
    client = signed_in(town, "hu")
    door, person = reverse("pages:registry-door", args=[room.pk]), reverse("pages:registry-person", args=[nobody_said.pk])
    for days, unsure in ((0, 0), (9, 0), (10, 1), (90, 1)):
        on = {"on": str(today - timedelta(days=days))}
        page = client.get(door, on).content.decode()
        assert (page.count(UNSURE), page.count("王*") > 0, page.count("李*") > 0) == (unsure, True, True), days
        assert client.get(person, on).content.decode().count(UNSURE) == unsure


def test_nobody_before_they_were_born(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    make_person(room, "王德发", born_on=date(1990, 5, 1), now=now)
    make_person(room, "李桂英", relation="", now=now)
    seen = [len(behind_door(room, on).residences) for on in (date(1990, 4, 30), date(1990, 5, 1), timezone.localdate())]
    assert seen == [1, 2, 2]
    assert behind_door(room, date(1990, 4, 30)).families == []
