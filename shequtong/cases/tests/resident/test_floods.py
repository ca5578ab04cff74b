"""A flood (限额): one address sends so much an hour without signing in; a number nobody has proven gets few texts a day."""

import pytest
from pytest_django import Settings

from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit import security
from shequtong.audit.models import SecurityEvent
from shequtong.cases import usecases
from shequtong.cases.models import Case, Step
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import to_send
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.workflow import Stage
from shequtong.files.models import Blob
from shequtong.files.testing import photo, upload
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
VICTIM = "13800001111"


def report(town: Town, sender: Phone, **typed: str) -> int:
    """Send one report; the status of its answer."""
    to_send(town, sender)
    form = sender.form("cls")
    answer = sender.client.post(form.action, {**dict(form.fields), **typed})
    return int(answer.status_code)


def texts() -> int:
    """Text messages to the victim's number."""
    sent = Message.objects.filter(subdistrict=STREET, channel="sms")
    return len([one for one in sent if one.phone.reveal() == VICTIM])


def test_reports_of_one_address_are_limited_and_who_signs_in_is_not(town: Town, settings: Settings) -> None:
    settings.REPORTS_PER_ADDRESS_HOUR = 2
    assert [report(town, Phone()) for _each in range(3)] == [302, 302, 429]
    assert Case.objects.count() == 2
    assert report(town, Phone(signed_in(make_account()))) == 302


def test_more_than_one_person_tells_in_a_day_is_read_first(town: Town, settings: Settings) -> None:
    settings.REPORTS_PER_NUMBER_DAY = 2
    for sender, typed in ((Phone(signed_in(make_account())), {}), (Phone(), {"phone": VICTIM, "consent": "on"})):
        told = [report(town, sender if not typed else Phone(), **typed) for _each in range(3)]
        assert told == [302, 302, 302]  # nothing is lost
        last = list(Case.objects.order_by("-pk")[:3])
        assert [case.stage for case in last] == [Stage.HELD, Stage.INTAKE, Stage.INTAKE]
        assert Step.objects.get(case=last[0]).details["held"] == ["many"]


def test_a_repeat_of_what_was_taken_in_is_answered_even_then(town: Town, settings: Settings) -> None:
    settings.REPORTS_PER_ADDRESS_HOUR = 1
    phone = to_send(town)
    form = phone.form("cls")
    answers = [phone.client.post(form.action, {**dict(form.fields), "photos": upload(photo())}) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Case.objects.count() == 1


def test_photos_of_one_address_are_limited_before_they_are_read(town: Town, settings: Settings) -> None:
    settings.PHOTOS_PER_ADDRESS_HOUR = 2
    phone = to_send(town)
    phone.press(phone.form("cls"), files=[upload(photo(f"{one}")) for one in range(3)])
    assert (phone.page.status_code, Blob.objects.count(), Case.objects.count()) == (429, 0, 0)


def test_a_typed_number_hears_once_a_day_that_something_was_received(town: Town) -> None:
    for _each in range(4):
        assert report(town, Phone(), phone=VICTIM, consent="on") == 302
    assert Case.objects.count() == 4
    assert texts() == 1
    assert SecurityEvent.objects.filter(subdistrict=STREET, kind="texts_capped").count() == 1


def test_a_typed_number_gets_five_texts_a_day_whatever_happens(town: Town) -> None:
    cases = [_told(town, "resident") for _each in range(6)]
    for case in cases:
        usecases.register_case(number=case.number, note="", by=town.shen, now=MORNING)
    assert texts() == 5
    security.flush(everyone=True)
    assert (
        SecurityEvent.objects.filter(subdistrict=STREET, kind="texts_capped").count() == 2
    )  # an opening one, and one of the others


def test_a_number_that_staff_took_down_is_told_of_each_matter(town: Town) -> None:
    for _each in range(7):
        _told(town, "phone")
    assert texts() == 7


def test_the_own_number_of_an_account_is_told_of_each_matter(town: Town) -> None:
    phone = Phone(signed_in(make_account(phone=VICTIM)))
    for _each in range(7):
        assert report(town, phone, consent="on") == 302
    assert texts() == 7


def _told(town: Town, channel: str) -> Case:
    reporter = NewReporter(phone=VICTIM, consent="page" if channel == "resident" else "spoken")
    told = NewCase("L01", "楼道灯坏了三天，晚上很黑。", channel, building_id=town.building.pk, reporter=reporter)
    return open_case(new=told, by=town.qian if channel == "resident" else town.shen, now=MORNING)
