"""A table that says no (表中为“否”): what applied to somebody ends on the day of the load, unless a stronger source said it; a later yes begins it again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.people.lookups.load_sets import APPLIES
from shequtong.people.models import Elderly, Home, PartyMember
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.tests.test_load_sets import load, marks, row
from shequtong.people.usecases import write_set
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
NO = {"party": {APPLIES: False}}


def test_no_ends_what_a_table_began_and_yes_begins_it_again(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    load(town, row(room, {"party": {APPLIES: True}}), now=now - timedelta(days=3))
    assert marks() == {"party"}
    assert [one.outcome for one in load(town, row(room, NO), now=now)] == ["updated"]
    ended = PartyMember.objects.get()
    assert (ended.ended_on, ended.ended_for, marks()) == (timezone.localdate(now), "import", set())
    trace = Entry.objects.filter(what="people.loaded").last()
    assert trace is not None
    assert "party" in str(trace.facts)
    assert [one.outcome for one in load(town, row(room, NO), now=now)] == ["unchanged"], "once"
    assert [one.outcome for one in load(town, row(room, {"party": {APPLIES: True}}), now=now)] == ["updated"]
    assert (PartyMember.objects.count(), marks()) == (2, {"party"})


def test_no_of_who_never_was_says_nothing(town: Town) -> None:
    (one,) = load(town, row(make_room(town.building), NO))
    assert (one.outcome, one.sets, PartyMember.objects.count(), marks()) == ("created", {}, 0, set())


def test_what_somebody_saw_is_not_ended_by_a_table(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    person = make_person(room, "张三", id_number=make_id(date(1949, 5, 6)), now=now)
    write_set(person_id=person.pk, name="party", values={}, source="visit", by=town.hu, now=now)
    (one,) = load(town, row(room, NO), now=now)
    assert ("party" in one.kept, one.outcome, marks()) == (True, "unchanged", {"party"})
    assert PartyMember.objects.get().ended_on is None
    (one,) = load(town, row(room, NO), source="police", now=now)
    assert (one.outcome, PartyMember.objects.get().ended_for) == ("updated", "police")


def test_marks_and_the_home_follow(town: Town) -> None:
    room, now = make_room(town.building), timezone.now()
    load(town, row(room, {"elderly": {"living": "alone"}}), now=now)
    assert (marks(), Home.objects.get().care) == ({"elderly", "alone", "care"}, True)
    load(town, row(room, {"elderly": {APPLIES: False}}), now=now)
    assert (marks(), Home.objects.get().care, Elderly.objects.get().ended_for) == (set(), False, "import")
