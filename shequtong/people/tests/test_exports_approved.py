"""What goes out is what was approved: who was on the list then, nobody else; who has left since is missed by nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry
from shequtong.people import scheduled
from shequtong.people.models import ExportRequest, Person
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_exports import State, asked, content, rows_of
from shequtong.people.tests.test_registry import old_wang, post, signed_in
from shequtong.people.usecases import CannotExport, decide_export, make_export
from shequtong.people.usecases._exports import packed, unpacked
from shequtong.tasks.models import Task
from shequtong.tasks.testing import turn
from shequtong.tasks.xlsx import HEAD
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_more_go_out_than_were_approved(town: Town) -> None:
    old_wang(town)
    export = asked(town)
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    with pytest.raises(CannotExport, match="1"):
        make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    export.refresh_from_db()
    assert (export.state, Task.objects.exists()) == ("approved", False), "it was not used up"
    Person.objects.filter(room__name="701").update(ended_on=timezone.localdate())
    assert make_export(export_id=export.pk, by=town.hu, now=timezone.now()).pk


def test_what_grows_after_the_press_goes_out_neither(town: Town) -> None:
    old_wang(town)
    export = asked(town)
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    task = make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    assert turn() == 1
    task.refresh_from_db()
    assert (task.state, "重新申请" in task.error) == ("failed", True)
    assert not Entry.objects.filter(what="people.exported").exists()


def test_alone_it_may_grow_as_far_as_nobody_else_is_asked(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    old_wang(town)
    export = asked(town, clear=False)
    make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    monkeypatch.setattr("shequtong.people.usecases._exports.ALONE", 1)
    with pytest.raises(CannotExport, match="审批"):
        make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    monkeypatch.setattr("shequtong.people.usecases._exports.ALONE", 2)
    assert make_export(export_id=export.pk, by=town.hu, now=timezone.now()).pk


def test_as_many_but_others_are_not_what_was_approved(town: Town) -> None:
    """By the desk's door: one leaves, one comes, and the number says nothing."""
    old_wang(town)
    leaves = make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    export, hu = asked(town), signed_in(town, "hu")
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    make = reverse("people:desk-export-make", args=[export.pk])
    Person.objects.filter(pk=leaves.pk).update(ended_on=timezone.localdate())
    comes = make_person(make_room(town.building, floor=8), "王五", now=timezone.now())
    answer = post(hu, make)
    assert (answer.status_code, "名单上的人员" in answer.content.decode()) == (422, True)
    assert (Task.objects.exists(), ExportRequest.objects.get().state) == (False, State.APPROVED)
    Person.objects.filter(pk=comes.pk).update(ended_on=timezone.localdate())
    assert post(hu, make).status_code == 302, "who only left is missed by nobody"
    assert len(rows_of(content(town, Task.objects.get()))) == HEAD + 1


def test_others_who_come_after_the_press_go_out_neither(town: Town) -> None:
    old = old_wang(town)
    export = asked(town)
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=timezone.now())
    task = make_export(export_id=export.pk, by=town.hu, now=timezone.now())
    Person.objects.filter(pk=old.pk).update(ended_on=timezone.localdate())
    make_person(make_room(town.building, floor=7), "李四", now=timezone.now())
    assert turn() == 1
    task.refresh_from_db()
    assert (task.state, "名单上的人员" in task.error) == ("failed", True)


@pytest.mark.parametrize("ids", [[], [5], [(7 << 46) + n for n in (3, 1, 70_000, 70_001)], [2**62, 1]])
def test_who_was_on_the_list_is_told_again(ids: list[int]) -> None:
    assert unpacked(packed(ids)) == set(ids)


def test_who_was_on_the_list_is_forgotten_when_no_file_can_come_of_it(town: Town) -> None:
    old_wang(town)
    export, now = asked(town), timezone.now()
    decide_export(export_id=export.pk, approve=True, words="", by=town.supervisor, now=now)
    make_export(export_id=export.pk, by=town.hu, now=now)
    approved = ExportRequest.objects.get().listed
    assert (scheduled.forget_lists(now + timedelta(days=8)), ExportRequest.objects.get().listed) == (0, approved)
    later = now + timedelta(days=10)
    assert [scheduled.forget_lists(later), scheduled.forget_lists(later)] == [1, 0]
    assert unpacked(ExportRequest.objects.get().listed) == {0}, "nobody, and not everybody"
    assert turn() == 1  # a task that slept all the while
    assert (Task.objects.get().state, Entry.objects.filter(what="people.exported").exists()) == ("failed", False)
