"""Reporters add to their matter while it is open, and withdraw it: it ends before it is registered, and goes on without them after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.files.models import Blob
from shequtong.files.testing import photo, upload
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db


def own(town: Town, stage: Stage = Stage.INTAKE) -> tuple[Case, Phone]:
    case = make_case(town, stage=stage, now=timezone.now() - timedelta(hours=2), account_id=town.accounts["qian"].pk)
    return case, Phone(signed_in(town.accounts["qian"]))


def test_words_and_photos_reach_who_has_it_in_hand(town: Town) -> None:
    case, phone = own(town, Stage.HANDLING)
    phone.open(f"/r/{case.number}/")
    assert f"/r/{case.number}/add/" in phone.links
    phone.open(f"/r/{case.number}/add/")
    phone.press(phone.form("note"), note="三楼的灯也坏了。", files=[upload(photo("more"))])

    assert "三楼的灯也坏了。" in phone.text
    step = Step.objects.filter(case=case).latest("number")
    assert (step.move, step.note, step.to_stage) == ("add", "三楼的灯也坏了。", Stage.HANDLING)
    assert Blob.objects.get(subdistrict=case.subdistrict_id, detail_id=step.pk).label == "before"
    told = Message.objects.filter(template="case.CaseAddedTo").values_list("account_id", flat=True)
    assert list(told) == [town.accounts["wang"].pk]
    assert list(Verification(case.subdistrict_id).differences()) == []


def test_withdrawn_before_it_is_registered_it_ends(town: Town) -> None:
    case, phone = own(town)
    phone.open(f"/r/{case.number}/withdraw/")
    phone.press(phone.form("note"), note="物业已经修好了。")
    case.refresh_from_db()
    assert (case.stage, case.due_at, case.wake_at) == (Stage.WITHDRAWN, NEVER, NEVER)
    assert "/withdraw/" not in phone.text
    assert list(Verification(case.subdistrict_id).differences()) == []


def test_withdrawn_later_it_goes_on_and_nobody_is_answered(town: Town) -> None:
    case, phone = own(town, Stage.HANDLING)
    phone.open(f"/r/{case.number}/withdraw/")
    phone.press(phone.form("note"), note="物业已经修好了。")
    before = Message.objects.filter(account_id=town.accounts["qian"].pk).count()
    now = timezone.now()
    usecases.handle_case(number=case.number, result="已更换灯具", by=town.wang, now=now)
    usecases.verify_case(number=case.number, by=town.sun, now=now)
    usecases.close_case(number=case.number, by=town.shen, now=now)  # no answer is asked for
    case.refresh_from_db()
    assert case.stage == Stage.CLOSED
    assert Message.objects.filter(account_id=town.accounts["qian"].pk).count() == before
    assert _("You have withdrawn it already.") in phone.open(f"/r/{make_withdrawn(town)}/withdraw/").text


def make_withdrawn(town: Town) -> str:
    case, _phone = own(town, Stage.REGISTERED)
    usecases.withdraw_case(number=case.number, reason="不需要了", by=town.qian, now=timezone.now())
    return case.number


def test_nothing_after_it_is_over(town: Town) -> None:
    case, phone = own(town, Stage.CLOSED)
    for verb in ("add", "withdraw"):
        assert "id_note" not in phone.open(f"/r/{case.number}/{verb}/").text


def test_is_there_for_nobody_else(town: Town) -> None:
    case, _phone = own(town)
    for browser in (Client(), signed_in(town.accounts["fang"]), signed_in(town.accounts["chen"])):
        assert [browser.get(f"/r/{case.number}/{verb}/").status_code for verb in ("add", "withdraw")] == [404, 404]
    with pytest.raises(Forbidden):
        usecases.add_to_case(number=case.number, words="补充", by=town.gao, now=MORNING)
