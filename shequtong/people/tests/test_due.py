"""Homes due for confirmation: never seen or past their day, as one walks; a press confirms; the sheet has no names; nothing for the next street."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from shequtong.people.fresh_shown import freshness_text
from shequtong.people.freshness import standing
from shequtong.people.models import Home
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_registry import signed_in
from shequtong.people.usecases import confirm_home
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

DUE = reverse("people:desk-due")


def seen(town: Town, floor: int, state: str, days: int) -> Home:
    """A home that was confirmed so many days ago."""
    room, then = make_room(town.building, floor=floor), timezone.now() - timedelta(days=days)
    make_person(room, "张建国", now=then)
    return confirm_home(room_id=room.pk, state=state, by=town.he, now=then)


def test_due_is_who_was_never_seen_and_who_is_past_their_day(town: Town) -> None:
    late = [seen(town, floor, state, days) for floor, state, days in ((9, "let", 91), (2, "owned", 400), (4, "empty", 181))]
    for floor, state, days in ((3, "let", 80), (5, "owned", 300)):
        seen(town, floor, state, days)
    make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    client = signed_in(town, "he")
    page = client.get(DUE, {"under": town.grid.code})
    assert [row["home"].room.name for row in page.context["rows"]] == ["201", "401", "701", "901"]
    assert [(one["n"], one["never"]) for one in page.context["grids"]] == [(4, 1)]
    assert "张" not in page.content.decode()
    assert signed_in(town, "gao").get(DUE).status_code == 404

    paper = client.get(DUE, {"under": town.grid.code, "paper": 1}).content.decode()
    assert paper.count("901") == 1
    assert "张" not in paper
    back = f"{DUE}?under={town.grid.code}"
    answer = post_from(client, DUE, reverse("people:desk-seen", args=[late[0].room_id]), back=back)
    assert answer["Location"] == back
    home = Home.objects.get(pk=late[0].pk)
    assert (home.state, home.confirmed_on) == ("let", timezone.localdate())
    assert len(client.get(back).context["rows"]) == 3
    elsewhere = post_from(client, DUE, reverse("people:desk-seen", args=[late[0].room_id]), back="https://example.org/")
    assert elsewhere["Location"] == reverse("pages:registry-door", args=[late[0].room_id])


def post_from(client, page: str, url: str, **data):  # type: ignore[no-untyped-def]  # as `post`, from another page
    from shequtong.core.submissions import new_submit_key

    key = new_submit_key(client.get(page).wsgi_request)
    return client.post(url, {"submit_key": key, **data})


def test_unknown_is_asked_not_confirmed(town: Town) -> None:
    room = make_room(town.building)
    make_person(room, "李四", now=timezone.now())
    client = signed_in(town, "he")
    answer = post_from(client, DUE, reverse("people:desk-seen", args=[room.pk]))
    assert answer["Location"] == reverse("people:desk-confirm-home", args=[room.pk])
    assert Home.objects.get().confirmed_on is None


def test_pages_follow_one_another_and_cost_the_same(town: Town) -> None:
    for floor in range(1, 46):
        make_person(make_room(town.building, floor=floor), "李四", now=timezone.now())
    client = signed_in(town, "he")
    client.get(DUE)
    with count_statements() as asked:
        first = client.get(DUE, {"under": town.grid.code})
    assert asked.warm.total <= 8, asked.listing
    second = client.get(DUE + first.context["older"])
    rooms = [row["home"].pk for page in (first, second) for row in page.context["rows"]]
    assert (len(rooms), len(set(rooms)), second.context["older"]) == (45, 45, "")


def test_in_words() -> None:
    today = timezone.localdate()
    assert standing("owned", today - timedelta(days=400), today).late == 35
    assert "400" in freshness_text("owned", today - timedelta(days=400), today)
    assert "从未核实" in freshness_text("let", None, today)
