"""Special care and what happens in life: nobody is due at a door behind which nobody is left; who records it learns nothing of the store."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.core.locality import part_of
from shequtong.people import scheduled
from shequtong.people.lookups.care import opened, records_of, text_of
from shequtong.people.models import CareOpening, CareRecord, CareVisit, LifeEvent, Person, Residence
from shequtong.people.tests.test_care import opened_for, recorded, signed_in
from shequtong.people.tests.test_life import life, looked
from shequtong.people.tests.test_registry import post
from shequtong.people.usecases import move_out, move_to_street, note_care_visit, record_care, record_death, undo_event
from shequtong.people.usecases._care import CannotRecordCare
from shequtong.testing.town import Town


def overdue(town: Town, kind: str = "released") -> CareRecord:
    """Somebody in the store whose grid worker should have come a month ago."""
    record, long_ago = recorded(town, kind, cycle_grid="7"), timezone.localdate() - timedelta(days=40)
    CareRecord.objects.update(valid_from=long_ago)
    Person.objects.update(valid_from=long_ago)
    record.refresh_from_db()
    return record


def late(client: Client) -> int:
    return str(client.get(reverse("people:desk-care")).content.decode()).count("row--late")


def died(town: Town, person: Person) -> LifeEvent:
    return record_death(person_id=person.pk, on=timezone.localdate(), source="visit", by=town.hu, now=timezone.now())


def moved(town: Town, person: Person) -> LifeEvent:
    return move_out(person_ids=[person.pk], on=timezone.localdate(), source="visit", by=town.hu, now=timezone.now())


def handed(town: Town, person: Person) -> LifeEvent:
    there = town.next_grid.parent
    assert there is not None
    return move_to_street(
        person_ids=[person.pk], unit_id=there.pk, on=timezone.localdate(), source="visit", by=town.hu, now=timezone.now()
    )


@pytest.mark.parametrize(("happens", "why"), [(died, "死亡"), (moved, "迁出"), (handed, "迁往其他街道")])
def test_nobody_is_due_at_who_is_gone(town: Town, happens: Callable[[Town, Person], LifeEvent], why: str) -> None:
    record = overdue(town)
    client = opened_for(town)
    assert late(client) == 1

    event = happens(town, record.person)

    record.refresh_from_db()
    assert (record.ended_on, late(client)) == (timezone.localdate(), 0)
    assert text_of(record)["event"] == event.pk
    assert why in client.get(reverse("people:desk-care")).content.decode()
    trace = Entry.objects.get(what="people.care_ended")
    assert (trace.object_id, trace.account_id) == (record.pk, town.accounts["hu"].pk)
    assert "care" not in str(event.journal), "who may record an event reads its journal"
    assert client.get(reverse("people:desk-care-record", args=[record.pk])).status_code == 404


def test_taken_back_it_stands_again(town: Town) -> None:
    record = overdue(town)
    said = record.content.reveal()
    event = died(town, record.person)
    undo_event(event_id=event.pk, by=town.hu, now=timezone.now())
    record.refresh_from_db()
    assert (record.ended_on, record.content.reveal(), late(opened_for(town))) == (None, said, 1)
    assert Entry.objects.filter(what="people.care_stands_again", object_id=record.pk).count() == 1


def test_the_other_street_has_it_once_and_its_visits_stay_here(town: Town) -> None:
    record = overdue(town)
    note_care_visit(
        record_id=record.pk, role="grid", on=timezone.localdate(), said="平稳", by=town.supervisor, now=timezone.now()
    )
    handed(town, record.person)
    there = CareRecord.objects.exclude(pk=record.pk).get()
    assert part_of(there.pk) == there.subdistrict_id == town.next_grid.subdistrict_id
    assert there.person.moved_from == record.person_id
    assert text_of(there) == {"kind": "released", "facts": text_of(record)["facts"]}
    assert CareVisit.objects.get().record_id == record.pk
    assert opened(records_of(there.person))[0].due == {"grid": timezone.localdate() + timedelta(days=7)}, "not late at once"
    assert Entry.objects.get(what="people.care_taken_over").subdistrict_id == there.subdistrict_id


def test_who_records_a_death_is_not_told_and_who_has_the_store_open_is(town: Town) -> None:
    record = overdue(town)
    url = life(record.person, "death")
    with_it, _told = looked(signed_in(town, "hu"), url)
    assert not any("特殊" in one for one in with_it)
    CareOpening.objects.all().delete()
    assert looked(signed_in(town, "supervisor"), url)[0] == with_it, "the right alone opens nothing"
    sentences, told = looked(client := opened_for(town), url)
    (said,) = set(sentences) - set(with_it)
    assert "王*" in said
    assert "特殊人群" in said
    assert "刑满" not in said
    answer = post(client, url, **told, step="record")
    assert said in client.get(answer["Location"]).content.decode()


def test_the_worker_ends_what_is_held_of_whose_record_was_closed_otherwise(town: Town) -> None:
    record = overdue(town)
    Person.objects.update(ended_on=timezone.localdate() - timedelta(days=3), ended_for="died")
    assert scheduled.end_care_of_gone(timezone.now()) == 1
    assert scheduled.end_care_of_gone(timezone.now()) == 0
    record.refresh_from_db()
    assert record.ended_on == timezone.localdate() - timedelta(days=3)
    assert late(opened_for(town)) == 0


def test_the_worker_ends_what_is_held_of_an_owner_who_left_before_that_was_a_rule(town: Town) -> None:
    """The row stands, as that of an owner; nobody can be visited there. Whoever came from another street waits for a door and stays."""
    record, left = overdue(town), timezone.localdate() - timedelta(days=40)
    here = {"subdistrict_id": record.subdistrict_id, "person_id": record.person_id, "room_id": record.person.room_id}
    now = timezone.now()
    Residence.objects.filter(person=record.person).update(ended_on=left)
    Residence.objects.create(**here, kind="owner", lives=False, source="visit", recorded_at=now, valid_from=left)
    Person.objects.filter(pk=record.person_id).update(room=None, building=None)
    assert scheduled.end_care_of_gone(now) == 1
    assert scheduled.end_care_of_gone(now) == 0
    record.refresh_from_db()
    assert (record.ended_on, text_of(record)["ended_for"]) == (max(left, record.valid_from or left), "moved")
    client = opened_for(town)
    assert "迁出" in client.get(reverse("people:desk-care")).content.decode()
    with pytest.raises(CannotRecordCare, match="不在"):
        record_care(person_id=record.person_id, kind="released", facts={}, source="visit", by=town.supervisor, now=now)


def test_who_has_come_and_is_behind_no_door_yet_stays_in_the_store(town: Town) -> None:
    handed(town, overdue(town).person)
    assert CareRecord.objects.standing().get().person.room_id is None
    assert scheduled.end_care_of_gone(timezone.now()) == 0
