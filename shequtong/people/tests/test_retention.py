"""What is held of the gone is emptied on its day and not before, once, in batches; the closed shell is left."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.people.models import Elderly, LifeEvent, LifePart, Person, PersonPast, PersonTerm
from shequtong.people.retention import FLOOR, emptied_on, keep_days
from shequtong.people.scheduled import retain
from shequtong.people.tests.test_registry import OTHER, old_wang
from shequtong.people.usecases import change_person, retain_persons, write_set
from shequtong.testing.town import TOWN_HALL, Town


def gone(town: Town, why: str, days: int) -> Person:
    person, now = old_wang(town), timezone.now()
    write_set(person_id=person.pk, name="elderly", values={"health": "高血压"}, source="visit", by=town.hu, now=now)
    change_person(person_id=person.pk, changes={"phone": OTHER}, source="visit", by=town.hu, now=now)
    Person.objects.filter(pk=person.pk).update(ended_on=timezone.localdate() - timedelta(days=days), ended_for=why)
    return person


def test_days_by_rule_and_never_below_the_floor(settings: Any) -> None:
    settings.PEOPLE_KEEP_MOVED_DAYS, settings.PEOPLE_KEEP_DIED_DAYS = 1095, 30
    assert (keep_days("moved"), keep_days("died"), keep_days("mistake")) == (1095, FLOOR, FLOOR)
    assert emptied_on("moved", date(2023, 5, 1)) == date(2026, 4, 30)  # 2024 is a leap year
    assert emptied_on("merged", date(2026, 1, 1)) == date(2026, 6, 30)


def test_emptied_on_the_day_and_not_the_day_before(town: Town, settings: Any) -> None:
    person = gone(town, "moved", settings.PEOPLE_KEEP_MOVED_DAYS - 1)
    now = timezone.now()
    assert retain(now) == 0
    assert retain(now + timedelta(days=1)) == 1
    assert retain(now + timedelta(days=2)) == 0
    person.refresh_from_db()
    assert (bool(person.name), bool(person.phone), bool(person.id_number), person.born_on) == (False, False, False, None)
    assert (person.id_hash, person.phone_hash, person.ended_for) == ("", "", "moved")
    assert not Elderly.objects.get().health
    assert not PersonPast.objects.exists()
    assert not PersonTerm.objects.exists()
    entry = Entry.objects.get(what="people.retained")
    assert "moved" in str(entry.facts)
    assert "王" not in str(entry.facts)


def test_what_events_kept_of_a_person_goes_with_them(town: Town) -> None:
    person = gone(town, "mistake", FLOOR)
    told: dict[str, Any] = {"subdistrict_id": person.subdistrict_id, "grid_path": person.grid_path, "source": "visit"}
    lines = [{"model": "person", "id": person.pk, "did": "changed", "before": {"marital": "20"}}]
    event = LifeEvent.objects.create(kind="marriage", on=date(2020, 1, 1), recorded_at=timezone.now(), journal=lines, **told)
    LifePart.objects.create(subdistrict_id=person.subdistrict_id, event=event, person=person)
    assert retain(timezone.now()) == 1
    event.refresh_from_db()
    assert (event.kind, event.journal[0]["before"]) == ("marriage", {})


def test_who_lives_here_is_never_emptied(town: Town) -> None:
    person = old_wang(town)
    assert retain(timezone.now() + timedelta(days=36500)) == 0
    person.refresh_from_db()
    assert person.name.reveal() == "王德发"


def test_each_row_goes_whole_or_not_at_all(town: Town, monkeypatch: Any) -> None:
    person = gone(town, "mistake", FLOOR)

    def dies(*_args: Any, **_more: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("shequtong.audit.log.record", dies)
    told: dict[str, Any] = {"subdistrict_id": person.subdistrict_id, "by": TOWN_HALL, "now": timezone.now()}
    try:
        retain_persons(**told)
    except RuntimeError:
        pass
    person.refresh_from_db()
    assert person.name.reveal() == "王德发"
    monkeypatch.undo()
    assert retain_persons(**told) == 1
