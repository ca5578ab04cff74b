"""Special care: a store of its own, opened for a reason, each look logged; sealed at rest, and nowhere else any trace of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry, SecurityEvent
from shequtong.core.submissions import new_submit_key
from shequtong.people.care_facts import KINDS, OPEN_MINUTES
from shequtong.people.lookups.care import opened, opening_of
from shequtong.people.models import CareOpening, CarePast, CareRecord, CareVisit, Person
from shequtong.people.testing import make_person, make_room
from shequtong.people.usecases import (
    CannotOpen,
    CannotRecordCare,
    CareClosed,
    change_care,
    end_care,
    look_at_care,
    note_care_visit,
    open_care,
    record_care,
)
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

REASON, OFFENCE = "季度走访前了解情况", "寻衅滋事甲乙丙"


def signed_in(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.accounts[name])
    return client


def post(client: Client, url: str, **data: Any) -> Any:
    """A form as a browser sends it, with the key of its page."""
    return client.post(url, {"submit_key": new_submit_key(client.get(url).wsgi_request), **data})


def opened_for(town: Town) -> Client:
    """The supervisor with the store open."""
    client = signed_in(town, "supervisor")
    assert post(client, reverse("people:desk-care-open"), reason=REASON).status_code == 302
    return client


def recorded(town: Town, kind: str = "released", **facts: Any) -> CareRecord:
    """Somebody in the store, which is open."""
    now, by = timezone.now(), town.supervisor
    if opening_of(by, now) is None:
        open_care(reason=REASON, by=by, now=now)
    person = Person.objects.first() or make_person(make_room(town.building), "王德发", now=now)
    told = {"offence": OFFENCE} if kind == "released" else {}
    return record_care(person_id=person.pk, kind=kind, facts={**told, **facts}, source="visit", by=by, now=now)


def test_nothing_is_seen_before_it_is_opened_for_a_reason(town: Town) -> None:
    record = recorded(town)
    CareOpening.objects.all().delete()
    client, url = signed_in(town, "supervisor"), reverse("people:desk-care-record", args=[record.pk])
    for address in (url, reverse("people:desk-care"), reverse("people:desk-care-person", args=[record.person_id])):
        answer = client.get(address)
        assert answer["Location"] == f"{reverse('people:desk-care-open')}?next={address}"
    for bad in ("", "啊啊啊啊", "看看"):
        assert post(client, reverse("people:desk-care-open"), reason=bad).status_code == 422
    assert not CareOpening.objects.exists()

    answer = post(client, f"{reverse('people:desk-care-open')}?next={url}", reason=REASON)
    assert answer["Location"] == url
    page = client.get(url)
    assert OFFENCE in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert [one.reason for one in SecurityEvent.objects.filter(kind="care_opened")] == [
        REASON,
        REASON,
    ]  # ours, and that of `recorded`
    look = SecurityEvent.objects.get(kind="revealed", what="people.care.record")
    assert (look.object_id, look.reason, look.account_id) == (record.pk, REASON, town.accounts["supervisor"].pk)
    client.get(url)
    assert SecurityEvent.objects.filter(kind="revealed", what="people.care.record").count() == 2


def test_it_closes_by_itself_and_by_hand(town: Town) -> None:
    record, later = recorded(town), timezone.now() + timedelta(minutes=OPEN_MINUTES, seconds=1)
    with pytest.raises(CareClosed):
        look_at_care(record=record, by=town.supervisor, now=later)
    with pytest.raises(CareClosed):
        change_care(record_id=record.pk, changes={"offence": "盗窃"}, source="visit", by=town.supervisor, now=later)
    client = signed_in(town, "supervisor")
    key = new_submit_key(client.get(reverse("people:desk-care")).wsgi_request)
    assert client.post(reverse("people:desk-care-close"), {"submit_key": key}).status_code == 302
    assert client.get(reverse("people:desk-care")).status_code == 302


def test_looks_and_openings_are_limited(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    record = recorded(town)
    monkeypatch.setattr("shequtong.audit.reveal.REVEALS_AN_HOUR", 2)
    client, url = signed_in(town, "supervisor"), reverse("people:desk-care-record", args=[record.pk])
    assert [client.get(url).status_code for _n in range(3)] == [200, 200, 429]
    assert OFFENCE not in client.get(url).content.decode()
    for _n in range(9):
        open_care(reason=REASON, by=town.supervisor, now=timezone.now())
    with pytest.raises(CannotOpen):
        open_care(reason=REASON, by=town.supervisor, now=timezone.now())


def test_lists_show_mask_and_kind_alone(town: Town) -> None:
    recorded(town, cycle_grid="7")
    page = opened_for(town).get(reverse("people:desk-care")).content.decode()
    assert "王*" in page
    assert "刑满释放" in page
    assert OFFENCE not in page
    assert "德发" not in page


def test_the_statements_do_not_grow(town: Town) -> None:
    record, client = recorded(town), opened_for(town)
    url = reverse("people:desk-care")
    client.get(url)
    with count_statements() as few:
        client.get(url)
    for kind in ("petition", "youth", "drug"):
        note_care_visit(
            record_id=recorded(town, kind).pk,
            role="grid",
            on=date(2026, 4, 1),
            said="平稳",
            by=town.supervisor,
            now=timezone.now(),
        )
    with count_statements() as many:
        client.get(url)
    assert few.warm.total == many.warm.total <= 10
    with count_statements() as one:
        client.get(reverse("people:desk-care-record", args=[record.pk]))
    assert one.warm.total <= 11


def test_everything_of_the_condition_is_sealed_and_in_no_trace(town: Town) -> None:
    record, by, now = recorded(town), town.supervisor, timezone.now()
    change_care(record_id=record.pk, changes={"risk": "01"}, source="visit", by=by, now=now)
    note_care_visit(record_id=record.pk, role="police", on=timezone.localdate(), said="在家，丙丁", by=by, now=now)
    told = ""
    with connection.cursor() as cursor:
        for model in (CareRecord, CarePast, CareVisit, CareOpening, Entry):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # names of our own tables
            told += str(cursor.fetchall())
    for said in ("released", OFFENCE, "offence", "丙丁", "police", "刑满"):
        assert said not in told, said
    assert {"people.care_opened", "people.care_recorded", "people.care_changed", "people.care_visited"} <= {
        one.what for one in Entry.objects.all()
    }


def test_a_kind_stands_once_and_its_past_is_kept(town: Town) -> None:
    record, by, now = recorded(town), town.supervisor, timezone.now()
    with pytest.raises(CannotRecordCare):
        recorded(town)
    with pytest.raises(CannotRecordCare):
        change_care(record_id=record.pk, changes={"offence": OFFENCE}, source="visit", by=by, now=now)
    change_care(record_id=record.pk, changes={"offence": "盗窃"}, source="visit", by=by, now=now, version=1)
    with pytest.raises(CannotRecordCare):
        change_care(record_id=record.pk, changes={"offence": "抢夺"}, source="visit", by=by, now=now, version=1)
    assert OFFENCE in CarePast.objects.get().content.reveal()
    end_care(record_id=record.pk, why="帮教期满", by=by, now=now)
    assert CareRecord.objects.get().ended_on == timezone.localdate(now)
    assert recorded(town).pk != record.pk
    assert opened_for(town).get(reverse("people:desk-care-record", args=[record.pk])).status_code == 404


def test_a_visit_puts_the_next_one_off(town: Town) -> None:
    record, today = recorded(town, cycle_grid="30", cycle_police="90"), timezone.localdate()
    (known,) = opened([record])
    assert known.due == {"grid": today + timedelta(days=30), "police": today + timedelta(days=90)}
    before = today - timedelta(days=40)
    note_care_visit(record_id=record.pk, role="grid", on=before, said="平稳", by=town.supervisor, now=timezone.now())
    (known,) = opened([record])
    assert known.next_on == before + timedelta(days=30)
    client = opened_for(town)
    assert "走访已逾期" in client.get(reverse("people:desk-care")).content.decode()
    page = client.get(reverse("people:desk-care-record", args=[record.pk])).content.decode()
    assert "平稳" in page
    assert before.isoformat() in page


def test_a_form_says_what_it_does_to_whom(town: Town) -> None:
    record, client = recorded(town), opened_for(town)
    for verb, deed in (("visit", "登记走访"), ("change", "变更登记"), ("end", "不再属于此类")):
        page = client.get(reverse("people:desk-care-write", args=[record.pk, verb])).content.decode()
        assert f"{deed}</h1>" in page, verb
        assert "刑满释放 · 王*" in page, verb
        assert ("不再安排走访" in page) == (verb == "end"), verb


def test_recorded_by_the_form_of_each_kind(town: Town) -> None:
    person, client = make_person(make_room(town.building), now=timezone.now()), opened_for(town)
    page = client.get(reverse("people:desk-care-person", args=[person.pk]))
    for token, _label in page.context["missing"]:
        answer = post(client, reverse("people:desk-care-new", args=[person.pk, token]), source="visit")
        assert answer.status_code == 302
        assert client.get(answer["Location"]).status_code == 200
    kinds = {one.kind.name for one in opened(CareRecord.objects.all())}
    assert kinds == {one.name for one in KINDS}
    stale = reverse("people:desk-care-new", args=[person.pk, "0" * 24])
    assert client.get(stale).status_code == 404
