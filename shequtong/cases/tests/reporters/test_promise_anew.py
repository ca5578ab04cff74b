"""What was promised when a report came in, and is not to be: its reporter is told, in the text and on the page."""

import pytest
from django.test import Client

from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import limit_words
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.correct_case import Correction
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db


def other_limit(case: Case) -> tuple[str, int]:
    """A class whose standard promises another time, and that standard."""
    mine = catalogue().standards[case.standard_id].limit
    for kind in catalogue().by_code.values():
        if kind.standard is not None and not kind.ended and kind.standard.limit != mine:
            return kind.code, kind.standard.id
    raise AssertionError("the town has one limit only")


def own_page(town: Town, case: Case, client: Client) -> str:
    return client.get(f"/r/{case.number}/").content.decode()


def test_registered_under_another_condition(town: Town) -> None:
    account = make_account(phone="13998765432")
    case = make_case(town, account_id=account.pk)
    _code, before = other_limit(case)
    Case.objects.filter(pk=case.pk).update(standard_id=before)
    usecases.register_case(number=case.number, by=town.shen, now=MORNING)
    details = Step.objects.filter(case=case).latest("number").details
    assert details["instead_of"] == before
    text = (
        Message.objects.filter(subdistrict=case.subdistrict_id, channel="sms", template="case.CaseRegistered").get().text.reveal()
    )
    said = limit_words(catalogue().standards[before].limit)
    assert f"此前告知的“{said}”不再适用" in text
    assert f"此前告知的“{said}”不再适用" in own_page(town, case, signed_in(account))


def test_registered_as_it_was_told(town: Town) -> None:
    case = make_case(town)
    usecases.register_case(number=case.number, by=town.shen, now=MORNING)
    assert "instead_of" not in Step.objects.filter(case=case).latest("number").details
    text = (
        Message.objects.filter(subdistrict=case.subdistrict_id, channel="sms", template="case.CaseRegistered").get().text.reveal()
    )
    assert f"办理时限为自派遣之日起{limit_words(catalogue().standards[case.standard_id].limit)}" in text
    assert "此前告知" not in text


def test_the_class_was_corrected(town: Town) -> None:
    account = make_account(phone="13998765432")
    case = make_case(town, account_id=account.pk)
    said = limit_words(catalogue().standards[case.standard_id].limit)
    code, _standard = other_limit(case)
    usecases.correct_case(number=case.number, correction=Correction(class_code=code), by=town.shen, now=MORNING, note="类别选错")
    assert f"此前告知的“{said}”不再适用" in own_page(town, case, signed_in(account))
