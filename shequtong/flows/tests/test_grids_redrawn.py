"""Borders are redrawn: who lives in a building that moved is found in its new grid, their marks and households with them, and the proof holds."""

from datetime import timedelta

from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.core.events import publish
from shequtong.people.models import Home, Household, PersonMark
from shequtong.people.testing import make_person, make_room
from shequtong.people.usecases import write_set
from shequtong.people.verification import findings
from shequtong.territory.events import GridsRedrawn
from shequtong.testing.town import STREET, Town


def test_who_lives_there_follows(town: Town) -> None:
    now = timezone.now()
    person = make_person(make_room(town.building), now=now - timedelta(days=3))
    write_set(person_id=person.pk, name="elderly", values={"living": "alone"}, source="visit", by=town.hu, now=now)
    kept = make_person(None, "李四", unit_id=town.grid.pk, relation="", now=now)
    before, after = town.grid.path, town.other_grid.path

    town.building.grid_id, town.building.grid_path = town.other_grid.pk, after
    town.building.save(update_fields=["grid", "grid_path"])
    assert {one.what for one in findings(STREET)} == {"home place", "person place"}
    publish(GridsRedrawn(STREET, town.community.pk, ((town.building.pk, before, after),), (before,), now.date(), now))

    assert list(findings(STREET)) == []
    person.refresh_from_db()
    kept.refresh_from_db()
    assert (person.grid_path, kept.grid_path) == (after, town.community.path)
    for model in (Home, Household, PersonMark):
        assert set(model.objects.values_list("grid_path", flat=True)) == {after}
    assert Entry.objects.get(what="people.followed").facts["people"] == 2
