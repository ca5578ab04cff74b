"""One's own record: linked by phone and document, masked, shown in full after one names the document again; nobody else's, never guessed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shequtong.audit.models import Entry, SecurityEvent
from shequtong.messaging.models import Message
from shequtong.people.lookups.load_plan import Incoming
from shequtong.people.models import AccountLink, Consent, Person, PersonPast, RightsRequest
from shequtong.people.testing import make_id, make_person, make_room
from shequtong.people.tests.test_registry import post, signed_in
from shequtong.people.usecases import NoConsent, change_person, end_links
from shequtong.people.usecases.load_people import load_people
from shequtong.testing.statements import count_statements
from shequtong.testing.town import TOWN_HALL, Town

NUMBER = make_id(date(1956, 3, 4), 35)
TAIL = NUMBER[-6:]
OWN = reverse("people:own")


def qian_of(town: Town, **more: str) -> Person:
    """Qian's record, with the phone Qian signs in with."""
    phone = town.accounts["qian"].phone.reveal()
    return make_person(
        make_room(town.building), "秦守仁", id_number=NUMBER, phone=phone, now=timezone.now() - timedelta(days=5), **more
    )


def linked(town: Town, **more: str) -> tuple[Person, Client]:
    person, client = qian_of(town, **more), signed_in(town, "qian")
    assert post(client, reverse("people:own-linking"), tail=TAIL).status_code == 302
    return person, client


def test_linked_by_the_last_six_places_and_told(town: Town) -> None:
    person, client = linked(town)
    link = AccountLink.objects.get()
    assert (link.person_id, link.how, link.linked_account_id) == (person.pk, "phone", town.accounts["qian"].pk)
    page = client.get(OWN).content.decode()
    assert "秦*" in page
    assert "守仁" not in page
    assert NUMBER not in page
    assert "个人信息保护法" in page
    assert reverse("people:own-correct", args=["workplace"]) in page  # what is not on record may be asked for
    assert reverse("people:own-correct", args=["remarks"]) not in page
    told = Message.objects.get(account_id=town.accounts["qian"].pk)
    assert (told.template, "守仁" in told.text.reveal()) == ("people.link", False)


def test_wrong_and_absent_look_the_same_and_are_counted(town: Town) -> None:
    fang = signed_in(town, "fang")  # nobody has Fang's phone
    absent = post(fang, reverse("people:own-linking"), tail=TAIL)
    qian_of(town)
    qian, url = signed_in(town, "qian"), reverse("people:own-linking")
    wrong = post(qian, url, tail="00000X")
    assert (absent.status_code, wrong.status_code) == (422, 422)
    errors = [answer.context["form"].non_field_errors() for answer in (absent, wrong)]
    assert errors[0] == errors[1]
    for _more in range(4):
        post(qian, url, tail="000000")
    late = post(qian, url, tail=TAIL)  # right, and too late
    assert late.status_code == 422
    assert "明天" in late.content.decode()
    assert not AccountLink.objects.exists()
    assert NUMBER[-6:] not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_phone_of_two_persons_links_nobody(town: Town) -> None:
    person = qian_of(town)
    make_person(person.room, "钱小妹", phone=person.phone.reveal(), relation="", now=timezone.now())
    assert post(signed_in(town, "qian"), reverse("people:own-linking"), tail=TAIL).status_code == 422
    assert not AccountLink.objects.exists()


def test_another_resident_sees_nothing_of_it(town: Town) -> None:
    linked(town)
    fang = signed_in(town, "fang")
    assert "秦*" not in fang.get(OWN).content.decode()
    for name, args in (("own-show", ()), ("own-correct", ("phone",)), ("own-delete", ("skills",)), ("own-consent", ("skills",))):
        assert fang.get(reverse(f"people:{name}", args=args)).status_code == 404
    assert Client().get(OWN)["Location"].startswith("/sign-in/")


def test_in_full_after_the_document_is_named_again(town: Town) -> None:
    person, client = linked(town)
    url = reverse("people:own-show")
    assert post(client, url, tail="111111", how="see").status_code == 422
    assert not SecurityEvent.objects.filter(kind="revealed").exists()
    seen = post(client, url, tail=TAIL, how="see")
    assert NUMBER in seen.content.decode()
    assert seen["Cache-Control"].startswith("no-store")
    copy = post(client, url, tail=TAIL, how="copy")
    assert copy["Content-Disposition"].endswith('.json"')
    held = {line["value"] for group in copy.json()["groups"] for line in group["held"].values()}
    assert {"秦守仁", NUMBER, person.phone.reveal()} <= held
    logged = SecurityEvent.objects.filter(kind="revealed").order_by("id")
    assert [one.what for one in logged] == ["people.own.seen", "people.own.copied"]
    assert "本人" in client.get(OWN).content.decode()


def test_who_looked_stands_there_by_post_and_reason_without_a_name(town: Town) -> None:
    person, client = linked(town)
    post(signed_in(town, "hu"), reverse("people:desk-reveal", args=[person.pk, "phone"]), reason="通知领取高龄津贴")
    page = client.get(OWN).content.decode()
    assert "通知领取高龄津贴" in page
    assert "社区工作者" in page
    assert "胡敏" not in page


def test_the_page_costs_the_same_however_much_is_held(town: Town) -> None:
    person, client = linked(town)
    client.get(OWN)
    with count_statements() as few:
        client.get(OWN)
    for number in range(6):
        told = {"occupation": f"工种{number}"}
        change_person(person_id=person.pk, changes=told, source="visit", by=town.hu, now=timezone.now())
        post(signed_in(town, "hu"), reverse("people:desk-reveal", args=[person.pk, "phone"]), reason=f"电话核实{number}")
    with count_statements() as many:
        client.get(OWN)
    assert many.warm.total == few.warm.total <= 21, many.listing


def test_unlinked_by_oneself_and_at_the_window(town: Town) -> None:
    person, client = linked(town)
    assert post(client, reverse("people:own-unlink")).status_code == 302
    assert "秦*" not in client.get(OWN).content.decode()
    hu, url = signed_in(town, "hu"), reverse("people:desk-link", args=[person.pk])
    phone = town.accounts["qian"].phone.reveal()
    assert post(hu, url, phone=phone, seen="on").status_code == 302
    assert "秦*" in client.get(OWN).content.decode()
    assert post(hu, url, do="end").status_code == 302
    assert "秦*" not in client.get(OWN).content.decode()
    assert [one.revoked_for for one in AccountLink.objects.order_by("linked_at")] == ["resident", "staff"]
    assert signed_in(town, "gao").get(url).status_code == 404


def test_death_and_moving_away_end_the_link_at_once(town: Town) -> None:
    person, client = linked(town)
    Person.objects.filter(pk=person.pk).update(ended_on=timezone.localdate(), ended_for="moved")
    assert "秦*" not in client.get(OWN).content.decode()
    assert end_links(subdistrict_id=person.subdistrict_id, by=TOWN_HALL, now=timezone.now()) == 1
    assert end_links(subdistrict_id=person.subdistrict_id, by=TOWN_HALL, now=timezone.now()) == 0
    assert AccountLink.objects.get().revoked_for == "ended"


def test_consent_taken_back_empties_and_bars(town: Town) -> None:
    person, client = linked(town, skills="书法、电工")
    change_person(person_id=person.pk, changes={"skills": "书法"}, source="visit", by=town.hu, now=timezone.now())
    url = reverse("people:own-consent", args=["skills"])
    assert post(client, url, do="take").status_code == 302
    person.refresh_from_db()
    assert person.skills == ""
    assert "电工" not in PersonPast.objects.get().state.reveal()
    told = {"person_id": person.pk, "changes": {"skills": "电工"}, "source": "visit", "by": town.hu}
    with pytest.raises(NoConsent):
        change_person(**told, now=timezone.now())
    answer = post(
        signed_in(town, "hu"),
        reverse("people:desk-change", args=[person.pk]),
        skills="电工",
        source="visit",
        version=person.version,
    )
    assert answer.status_code == 422
    assert "撤回" in answer.content.decode()
    assert post(client, url, do="give").status_code == 302
    change_person(**told, now=timezone.now())
    assert [one.withdrawn_at is None for one in Consent.objects.order_by("id")] == [False, True]


def test_a_request_is_not_sent_twice(town: Town) -> None:
    _person, client = linked(town)
    url = reverse("people:own-correct", args=["phone"])
    assert post(client, url, phone="16100000009").status_code == 302
    assert post(client, url, phone="16100000009").status_code == 422
    request = RightsRequest.objects.get()
    page = client.get(OWN).content.decode()
    assert ("161****0009" in page, "16100000009" in page) == (True, False)
    assert "16100000009" in request.proposed.reveal()
    assert "16100000009" not in str(request.proposed.token)
    assert "16100000009" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_table_does_not_bring_in_what_consent_was_taken_back_for(town: Town) -> None:
    person, client = linked(town, skills="书法")
    post(client, reverse("people:own-consent", args=["skills"]), do="take")
    assert person.room_id is not None
    facts = {"name": "秦守仁", "id_number": NUMBER, "skills": "电工", "occupation": "木工"}
    row = Incoming(1, facts, person.room_id, kind="owner")
    load_people(rows=[row], subdistrict=person.subdistrict_id, source="import", under=person, by=town.hu, now=timezone.now())
    person.refresh_from_db()
    assert (person.skills, person.occupation) == ("", "木工")
