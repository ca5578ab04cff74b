"""Who else met a matter joins it: before a second report is sent, once a person, told of the outcome, shown nothing of the other's."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.testing import make_anonymous
from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import Case, Joined, Step
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.tests.resident.test_report import to_send
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.join_case import CannotJoin, ToldAlready
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=30)
OTHER = "13700000001"


def somebody(phone: str = OTHER, account_id: int | None = None) -> NewReporter:
    return NewReporter(phone=phone, account_id=account_id, consent="page" if phone else "", notice_version="t")


def lately(town: Town, **more: object) -> Case:
    return make_case(town, now=timezone.now() - timedelta(hours=1), **more)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def join(number: str, reporter: NewReporter) -> Joined:
    return usecases.join_case(number=number, reporter=reporter, by=make_anonymous(), now=LATER)


def test_is_shown_before_a_second_report_is_sent_without_the_others_words(town: Town) -> None:
    first = lately(town, text="三楼的感应灯坏了，张家老人昨晚摔了一跤。")
    phone = to_send(town)
    assert _("Somebody has told us of something like it") in phone.text
    assert f"/r/{first.number}/join/" in phone.links
    assert "张家" not in phone.text
    assert "感应灯" not in phone.text


def test_nothing_is_shown_of_another_class_nor_to_who_told_it(town: Town) -> None:
    lately(town, cls="L02")
    own = lately(town, account_id=town.accounts["qian"].pk)
    phone = to_send(town, Phone(signed_in(town.accounts["qian"])))
    assert "/join/" not in phone.text
    assert own.number not in phone.text


def test_joins_by_telephone_and_hears_of_the_outcome(town: Town) -> None:
    case = lately(town)
    phone = Phone().open(f"/r/{case.number}/join/")
    phone.press(phone.form("phone"), phone="137 0000 0001", consent="on")

    assert phone.address == f"/r/{case.number}/"
    assert case.text not in phone.text
    case.refresh_from_db()
    joined = Joined.objects.select_related("reporter").get()
    assert (case.joined_count, joined.reporter.phone.reveal(), joined.reporter.consent) == (1, OTHER, "page")
    usecases.void_case(number=case.number, reason="与另一事项重复", by=town.chen, now=timezone.now())
    told = {message.phone.reveal() for message in Message.objects.filter(channel="sms", template="case.CaseVoided")}
    assert told == {OTHER, "13812345678"}
    assert list(Verification(case.subdistrict_id).differences()) == []


def test_joins_signed_in_without_a_telephone(town: Town) -> None:
    case = lately(town)
    phone = Phone(signed_in(town.accounts["fang"])).open(f"/r/{case.number}/join/")
    phone.press(phone.form("name"))
    assert Joined.objects.get().account_id == town.accounts["fang"].pk
    phone.open(f"/r/{case.number}/join/").press(phone.form("name"))
    assert (phone.page.status_code, _("You have joined this matter already.") in phone.text) == (422, True)


def test_neither_a_telephone_nor_a_sign_in_is_refused(town: Town) -> None:
    with pytest.raises(CannotJoin):
        join(make_case(town).number, somebody(phone=""))
    phone = Phone().open(f"/r/{lately(town).number}/join/")
    assert phone.press(phone.form("phone")).page.status_code == 422


def test_a_telephone_is_not_kept_without_consent(town: Town) -> None:
    phone = Phone().open(f"/r/{lately(town).number}/join/")
    assert phone.press(phone.form("phone"), phone=OTHER).page.status_code == 422
    assert not Joined.objects.exists()


def test_one_row_a_telephone_whoever_types_it(town: Town) -> None:
    case = make_case(town)
    join(case.number, somebody())
    with pytest.raises(ToldAlready):
        join(case.number, somebody())
    with pytest.raises(ToldAlready):
        join(case.number, somebody(account_id=town.accounts["fang"].pk))
    case.refresh_from_db()
    assert (case.joined_count, Joined.objects.count()) == (1, 1)


def test_a_stranger_does_not_learn_whose_report_it_is(town: Town) -> None:
    """The number of the first reporter and a new one are answered with the same page."""
    case, pages = lately(town), []
    for typed in ("13812345678", "13912345678"):
        phone = Phone().open(f"/r/{case.number}/join/")
        phone.press(phone.form("phone"), phone=typed, consent="on")
        pages.append((phone.page.status_code, phone.address, re.sub(r'value="[^"]{20,}"', "", phone.text)))
    assert pages[0] == pages[1]
    assert Joined.objects.count() == 1


@pytest.mark.parametrize("stage", [Stage.HELD, Stage.CLOSED])
def test_not_what_is_held_or_over(town: Town, stage: Stage) -> None:
    held: dict[str, Any] = {"held": ("insult",)} if stage == Stage.HELD else {}
    case = make_case(town, stage=stage, **held)
    with pytest.raises(CannotMove):
        join(case.number, somebody())
    assert "id_phone" not in Client().get(f"/r/{case.number}/join/").content.decode()


@override_settings(REPORTS_PER_ADDRESS_HOUR=2)
def test_many_from_one_address_are_refused(town: Town) -> None:
    case, codes = lately(town), []
    for n in range(3):
        phone = Phone().open(f"/r/{case.number}/join/")
        codes.append(phone.press(phone.form("phone"), phone=f"1370000001{n}", consent="on").page.status_code)
    assert codes == [200, 200, 429]
    assert Joined.objects.count() == 2


def test_a_repeat_is_answered_and_nothing_is_done_again(town: Town) -> None:
    case = lately(town)
    phone = Phone().open(f"/r/{case.number}/join/")
    form = phone.form("phone")
    data = {**dict(form.fields), "phone": OTHER, "consent": "on"}
    answers = [phone.client.post(f"/r/{case.number}/join/", data) for _each in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, f"/r/{case.number}/")] * 2
    assert Step.objects.filter(case=case, move="join").count() == 1
