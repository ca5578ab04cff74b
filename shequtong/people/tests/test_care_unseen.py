"""Special care unseen: who has no right finds no trace of it on any page, not in its words, its length or its statements; the next street nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from shequtong.core.refusals import Forbidden
from shequtong.people.models import CareOpening, CarePast, CareRecord, CareVisit, Home, Person, PersonMark
from shequtong.people.testing import REGISTRAR
from shequtong.people.tests.test_care import REASON, post, recorded, signed_in
from shequtong.people.usecases import change_care, look_at_care, note_care_visit, open_care, record_care
from shequtong.people.usecases.retain_persons import retain_persons
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


def test_nobody_else_finds_any_trace(town: Town) -> None:
    record = recorded(town)
    person = record.person
    pages = (
        reverse("pages:registry-person", args=[person.pk]),
        reverse("pages:registry-door", args=[person.room_id]),
        reverse("pages:registry-building", args=[town.building.pk]),
        reverse("people:desk-persons"),
    )
    client = signed_in(town, "hu")
    for url in pages:
        client.get(url)
    with_it, statements = [], []
    for url in pages:
        with count_statements() as seen:
            with_it.append(client.get(url).content.decode())
        statements.append(seen.warm.total)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{CareRecord._meta.db_table}"')  # the same
    for url, before, n in zip(pages, with_it, statements, strict=True):
        with count_statements() as seen:
            after = client.get(url).content.decode()
        assert seen.warm.total == n, url
        assert "特殊" not in before, url
        assert "/care/" not in before, url
        assert len(before) == len(after), url
    assert not PersonMark.objects.filter(person=person).exists()
    assert not Home.objects.get().care


def test_the_page_of_a_person_says_nothing_before_the_opening(town: Town) -> None:
    record = recorded(town)
    CareOpening.objects.all().delete()
    client, url = signed_in(town, "supervisor"), reverse("pages:registry-person", args=[record.person_id])
    page = client.get(url).content.decode()
    assert "特殊人群" in page
    assert "已有登记" not in page
    assert post(client, reverse("people:desk-care-open"), reason=REASON).status_code == 302
    page = client.get(url).content.decode()
    assert "已有登记" in page
    assert "刑满" not in page


def test_the_next_street_and_other_posts_find_nothing(town: Town) -> None:
    record, now = recorded(town), timezone.now()
    urls = [
        reverse("people:desk-care-record", args=[record.pk]),
        reverse("people:desk-care-person", args=[record.person_id]),
        reverse("people:desk-care"),
        reverse("people:desk-care-open"),
    ]
    for name in ("gao", "hu", "he", "xu", "chen"):
        assert {signed_in(town, name).get(url).status_code for url in urls} == {404}, name
    for who in (town.gao, town.hu):
        with pytest.raises(Forbidden):
            open_care(reason=REASON, by=who, now=now)
        with pytest.raises(Forbidden):
            look_at_care(record=record, by=who, now=now)
        with pytest.raises(Forbidden):
            record_care(person_id=record.person_id, kind="drug", facts={}, source="visit", by=who, now=now)


def test_nothing_is_left_of_who_is_gone_and_whose_time_is_over(town: Town) -> None:
    record, now = recorded(town), timezone.now()
    change_care(record_id=record.pk, changes={"risk": "01"}, source="visit", by=town.supervisor, now=now)
    note_care_visit(record_id=record.pk, role="grid", on=timezone.localdate(), said="平稳", by=town.supervisor, now=now)
    gone = Person.objects.filter(pk=record.person_id)
    gone.update(ended_on=timezone.localdate() - timedelta(days=9999), ended_for="died")
    assert retain_persons(subdistrict_id=record.subdistrict_id, by=REGISTRAR, now=now) == 1
    for model in (CareRecord, CarePast, CareVisit):
        assert not model._default_manager.exists()
