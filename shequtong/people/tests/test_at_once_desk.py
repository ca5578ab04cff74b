"""Two who decide, look, ask or correct at the same desk in the same moment (同时审批、更正): it is decided once, each look is logged once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account
from shequtong.audit.models import Entry, SecurityEvent
from shequtong.core.submissions import FIELD, new_submit_key
from shequtong.people.models import CareOpening, CareRecord, Elderly, ExportRequest, LifeEvent, PersonPast, RightsRequest
from shequtong.people.testing import make_person, make_room
from shequtong.people.tests.test_at_once import both, pressed, said
from shequtong.people.tests.test_care import REASON
from shequtong.people.tests.test_exports import asked
from shequtong.people.tests.test_own_record import linked
from shequtong.people.tests.test_registry import OTHER, old_wang, post, signed_in
from shequtong.people.usecases import CannotExport, make_export, open_care, record_care, record_death
from shequtong.people.usecases._care import CannotRecordCare
from shequtong.people.verification import findings
from shequtong.tasks.models import Task
from shequtong.testing.at_once import at_once
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(answers: list[Any]) -> list[Any]:
    return sorted(answers, key=lambda one: int(one.status_code))


def second_boss(town: Town) -> Client:
    """Another supervisor of the street, signed in."""
    other = make_account("丁兰", staff=True)
    make_appointment(other, "subdistrict_supervisor", town.street)
    client = Client()
    client.force_login(other)
    return client


def test_a_correction_is_decided_once(town: Town) -> None:
    person, client = linked(town)
    post(client, reverse("people:own-correct", args=["other_phone"]), other_phone=OTHER, words="换了号码")
    url = reverse("people:desk-right", args=[RightsRequest.objects.get().pk])
    yes = pressed(signed_in(town, "hu"), url, {"done": "yes", "answer": "已按您提供的号码更正。", "source": "resident"})
    no = pressed(signed_in(town, "supervisor"), url, {"done": "no", "answer": "号码无法核实，未更正。", "source": "resident"})
    answers = ordered(at_once(yes, no))
    assert [one.status_code for one in answers] == [302, 422]
    assert "已答复" in said(answers[1])
    person.refresh_from_db()
    outcome = RightsRequest.objects.get().outcome
    assert (bool(person.other_phone), PersonPast.objects.count()) == ((True, 1) if outcome == "done" else (False, 0))
    assert Entry.objects.filter(what="people.rights_answered").count() == 1


def test_an_export_is_approved_once_and_made_once(town: Town) -> None:
    old_wang(town)
    export = asked(town)
    url = reverse("people:desk-export", args=[export.pk])
    yes = pressed(signed_in(town, "supervisor"), url, {"done": "yes"})
    no = pressed(second_boss(town), url, {"done": "no", "words": "不需要"})
    answers = ordered(at_once(yes, no))
    assert [one.status_code for one in answers] == [302, 422]
    assert "已" in said(answers[1])
    assert Entry.objects.filter(what__in=("people.export_approved", "people.export_refused")).count() == 1

    ExportRequest.objects.update(state=ExportRequest.State.APPROVED)
    hu, now = town.hu, timezone.now()
    found = at_once(*[lambda: make_export(export_id=export.pk, by=hu, now=now)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["CannotExport", "Task"]
    assert isinstance(next(one for one in found if not isinstance(one, Task)), CannotExport)
    assert (Task.objects.count(), ExportRequest.objects.get().state) == (1, ExportRequest.State.USED)


def test_one_look_sent_twice_is_one_look(town: Town) -> None:
    person, client = old_wang(town), signed_in(town, "hu")
    url = reverse("people:desk-reveal", args=[person.pk, "phone"])
    key = new_submit_key(client.get(url).wsgi_request)
    send = lambda: client.post(url, {FIELD: key, "reason": "走访前联系本人"})  # noqa: E731
    answers = at_once(send, send)
    assert [one.status_code for one in answers] == [200, 200]
    assert SecurityEvent.objects.filter(kind="revealed", object_id=person.pk).count() == 1


def test_the_store_opened_twice_by_one_form_is_opened_once(town: Town) -> None:
    client, url = signed_in(town, "supervisor"), reverse("people:desk-care-open")
    key = new_submit_key(client.get(url).wsgi_request)
    send = lambda: client.post(url, {FIELD: key, "reason": REASON})  # noqa: E731
    assert [one.status_code for one in at_once(send, send)] == [302, 302]
    assert (CareOpening.objects.count(), SecurityEvent.objects.filter(kind="care_opened").count()) == (1, 1)


def test_one_kind_of_special_care_is_recorded_once(town: Town) -> None:
    now, by = timezone.now(), town.supervisor
    person = make_person(make_room(town.building), "王德发", now=now)
    open_care(reason=REASON, by=by, now=now)
    told = {"person_id": person.pk, "kind": "petition", "facts": {}, "source": "visit", "by": by, "now": now}
    found = at_once(lambda: record_care(**told), lambda: record_care(**told))
    assert sorted(type(one).__name__ for one in found) == ["CannotRecordCare", "CareRecord"]
    assert any(isinstance(one, CannotRecordCare) for one in found)
    assert CareRecord.objects.count() == 1


def test_a_set_written_by_two_is_written_once(town: Town) -> None:
    person = old_wang(town)
    url = reverse("people:desk-set", args=[person.pk, "elderly"])
    page = signed_in(town, "hu").get(url).context["form"]
    told = {name: page[name].value() for name in page.fields if page[name].value() not in (None, "")}
    answers = both(town, url, step="", **told, living="alone")
    assert [one.status_code for one in answers] == [302, 422]
    assert "刚被他人修改" in said(answers[1])
    assert Elderly.objects.count() == 1


def test_an_event_is_taken_back_once(town: Town) -> None:
    person, now = old_wang(town), timezone.now()
    event = record_death(person_id=person.pk, on=timezone.localdate(), source="visit", by=town.hu, now=now)
    answers = both(town, reverse("people:desk-life-undo", args=[event.pk]), step="")
    assert [one.status_code for one in answers] == [302, 422]
    assert (LifeEvent.objects.filter(undone_at=None).count(), Entry.objects.filter(what="people.life.undone").count()) == (0, 1)
    assert not list(findings(STREET))
