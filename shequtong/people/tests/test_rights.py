"""The desk of rights: corrections decided and put on record, deletion refused where a duty keeps it, deadlines by the work calendar, all told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry, SecurityEvent
from shequtong.messaging.models import Message
from shequtong.people.models import PersonPast, RightsRequest
from shequtong.people.tests.test_own_record import linked
from shequtong.people.tests.test_registry import OTHER, old_wang, post, signed_in
from shequtong.people.usecases import CannotAnswer, Decision, NewRequest, answer_rights, ask_rights
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

MONDAY = datetime(2026, 4, 13, 1, tzinfo=UTC)  # 09:00, office hours


def asked(town: Town, kind: str = "copy", *, now: datetime | None = None, **more: Any) -> RightsRequest:
    return ask_rights(person_id=old_wang(town).pk, new=NewRequest(kind, **more), by=town.hu, now=now or timezone.now())


def test_fifteen_working_days_with_a_holiday_between(town: Town) -> None:
    request = asked(town, now=MONDAY)
    # 15 working days of eight hours from Monday 09:00: three weeks later at the same hour.
    assert request.due_at == MONDAY + timedelta(days=21)
    assert request.amber_at == MONDAY + timedelta(days=16)  # 12 of them used
    moments = (MONDAY, request.amber_at + timedelta(minutes=1), request.due_at + timedelta(minutes=1))
    assert [request.light(at) for at in moments] == ["green", "amber", "red"]


def test_a_correction_is_decided_put_on_record_and_told(town: Town) -> None:
    person, client = linked(town)
    post(client, reverse("people:own-correct", args=["other_phone"]), other_phone=OTHER, words="换了号码")
    request = RightsRequest.objects.get()
    hu, url = signed_in(town, "hu"), reverse("people:desk-right", args=[request.pk])
    page = hu.get(url).content.decode()
    assert "161****0002" in page
    assert OTHER not in page
    shown = post(hu, reverse("people:desk-right-show", args=[request.pk]))
    assert OTHER in shown.content.decode()
    assert SecurityEvent.objects.filter(kind="revealed", object_id=request.pk).count() == 1

    done = post(hu, url, done="yes", answer="已按您提供的号码更正。", source="resident")
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.other_phone.reveal() == OTHER
    assert PersonPast.objects.get().mistaken
    assert post(hu, url, done="no", answer="再次答复。").status_code == 422
    assert Entry.objects.filter(what__in=("people.changed", "people.rights_answered")).count() == 2
    told = Message.objects.get(template="people.rights")
    assert (told.account_id, OTHER in told.text.reveal()) == (town.accounts["qian"].pk, False)
    assert "已按您提供的号码更正" in client.get(reverse("people:own")).content.decode()


def test_a_refusal_needs_its_reason_and_changes_nothing(town: Town) -> None:
    person, client = linked(town)
    post(client, reverse("people:own-correct", args=["other_phone"]), other_phone=OTHER)
    url, hu = reverse("people:desk-right", args=[RightsRequest.objects.get().pk]), signed_in(town, "hu")
    assert post(hu, url, done="no", answer="不", source="resident").status_code == 422
    assert post(hu, url, done="no", answer="经电话核实，此号码不是本人所有。", source="resident").status_code == 302
    person.refresh_from_db()
    assert not person.other_phone
    assert "不是本人所有" in client.get(reverse("people:own")).content.decode()


def test_what_a_duty_keeps_is_not_deleted(town: Town) -> None:
    request = asked(town, "delete", group="identity")
    with pytest.raises(CannotAnswer):
        answer_rights(request_id=request.pk, decision=Decision(True, "同意删除。"), by=town.hu, now=timezone.now())
    request.person.refresh_from_db()
    assert request.person.id_number
    url = reverse("people:desk-right", args=[request.pk])
    assert post(signed_in(town, "hu"), url, done="yes", answer="同意删除。").status_code == 422


def test_what_consent_alone_carried_is_deleted(town: Town) -> None:
    request = asked(town, "delete", group="email")
    person = request.person
    person.email = "wang@example.invalid"
    person.save()
    answer_rights(request_id=request.pk, decision=Decision(True, "已删除电子邮箱。"), by=town.hu, now=timezone.now())
    person.refresh_from_db()
    assert not person.email


def test_a_copy_for_who_comes_without_a_phone_is_logged(town: Town) -> None:
    request = asked(town)
    hu, url = signed_in(town, "hu"), reverse("people:desk-right-show", args=[request.pk])
    assert "王德发" not in hu.get(url).content.decode()
    answer = post(hu, url)
    assert "王德发" in answer.content.decode()
    assert answer["Cache-Control"].startswith("no-store")
    look = SecurityEvent.objects.get(kind="revealed")
    assert (look.object_id, look.what) == (request.person_id, "people.own.copied")
    assert signed_in(town, "gao").get(url).status_code == 404
    assert signed_in(town, "he").get(url).status_code == 404  # keeps the registry, answers no rights


def test_the_list_shows_the_nearest_first_and_costs_the_same(town: Town) -> None:
    person = old_wang(town)
    hu, url = signed_in(town, "hu"), reverse("people:desk-rights")
    assert "这里没有待办" in hu.get(url).content.decode()
    ask_rights(person_id=person.pk, new=NewRequest("see"), by=town.hu, now=timezone.now() - timedelta(days=60))
    with count_statements() as few:
        page = hu.get(url).content.decode()
    assert "已超期" in page
    for group in ("email", "skills", "identity", "contact"):
        ask_rights(person_id=person.pk, new=NewRequest("delete", group=group), by=town.hu, now=timezone.now())
    with count_statements() as many:
        page = hu.get(url).content.decode()
    assert page.index("已超期") < page.index("期限内")
    assert many.warm.total == few.warm.total <= 4, many.listing
    assert hu.get(url, {"kind": "see"}).content.decode().count('data-role="title"') == 1


def test_born_on_is_corrected_as_a_day(town: Town) -> None:
    person, client = linked(town)
    post(client, reverse("people:own-correct", args=["id_until"]), id_until="2036-01-02")
    request = RightsRequest.objects.get()
    answer_rights(request_id=request.pk, decision=Decision(True, "已核对证件更正。"), by=town.hu, now=timezone.now())
    person.refresh_from_db()
    assert person.id_until == date(2036, 1, 2)


def test_a_correction_is_taken_down_at_the_window_and_no_mask_is_one(town: Town) -> None:
    person, hu = old_wang(town), signed_in(town, "hu")
    ask = post(hu, reverse("people:desk-ask", args=[person.pk]), kind="correct", fact="phone")
    assert ask["Location"] == reverse("people:desk-ask-correct", args=[person.pk, "phone"])
    assert post(hu, ask["Location"], phone="161****0002").status_code == 422
    assert not RightsRequest.objects.exists()
    assert post(hu, ask["Location"], phone=OTHER, words="本人到窗口").status_code == 302
    request = RightsRequest.objects.get()
    assert (request.channel, request.asked_by, request.proposed.reveal()) == ("window", "胡敏", f'"{OTHER}"')
    page = signed_in(town, "supervisor").get(reverse("people:desk-right", args=[request.pk])).content.decode()
    assert "161****0002" in page
    assert OTHER not in page
