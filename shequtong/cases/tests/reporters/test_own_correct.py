"""Reporters correct what they told: class and place until it is registered, their telephone while it is open; who has it is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.testing import make_case
from shequtong.cases.tests.reporters.test_correct import build
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.usecases import Correction, publish_batch
from shequtong.cases.usecases.correct_case import CannotCorrect
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, TOWN_HALL, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def wide(town: Town) -> None:
    """Every class of the shipped trees: more than stand on a page without a search."""
    duties = example_duties(agency.code for agency in agencies().values())
    batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=TOWN_HALL, now=MORNING)
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=TOWN_HALL, now=MORNING)


def told(town: Town, stage: Stage = Stage.INTAKE) -> Case:
    return make_case(town, stage=stage, now=timezone.now() - timedelta(hours=2))


def with_key(case: Case) -> Phone:
    """As who told it by telephone opens it: with number and key."""
    phone = Phone(Client()).open("/r/")
    assert case.reporter is not None
    return phone.press(phone.form("key"), number=case.number, key=case.reporter.key.reveal())


def test_class_place_and_telephone_by_number_and_key(town: Town) -> None:
    case, other_grid = told(town), build("滨河路", "1701号", 1.4)
    phone = with_key(case)
    assert f"/r/{case.number}/correct/" in phone.links
    phone.open(f"/r/{case.number}/correct/")
    phone.press(phone.form("q"), cls="L02", q="滨河路1701号2幢", phone="139 1234 5678", note="是隔壁那条路")

    case = Case.objects.select_related("reporter").get(pk=case.pk)
    assert (case.case_class_id, case.building_id, case.place_path) == (
        *(catalogue().by_code["L02"].id, other_grid, town.other_grid.path),
    )
    assert case.reporter is not None
    assert case.reporter.phone.reveal() == "13912345678"
    step = Step.objects.filter(case=case).latest("number")
    assert (step.move, step.details["own"], step.details["class"]) == ("correct", True, ["L01", "L02"])
    assert phone.address == f"/r/{case.number}/"
    told_them = Message.objects.filter(template="case.CaseCorrected").values_list("account_id", flat=True)
    assert town.accounts["chen"].pk in told_them
    assert list(Verification(case.subdistrict_id).differences()) == []
    desk = signed_in(town.accounts["shen"]).get(f"/desk/cases/{case.number}/").content.decode()
    assert "138****5678 → 139****5678" in desk


def test_once_registered_only_the_telephone(town: Town) -> None:
    case = told(town, Stage.HANDLING)
    phone = with_key(case).open(f"/r/{case.number}/correct/")
    assert 'name="cls"' not in phone.text
    phone.press(phone.form("phone"), phone="13912345678")
    case = Case.objects.select_related("reporter").get(pk=case.pk)
    assert case.reporter is not None
    assert case.reporter.phone.reveal() == "13912345678"
    mine = make_case(town, stage=Stage.HANDLING, account_id=town.accounts["qian"].pk)
    for wrong in (Correction(class_code="L02"), Correction(building_id=town.building.pk), Correction(phone="13912345678")):
        with pytest.raises(CannotCorrect):
            usecases.correct_case(number=mine.number, correction=wrong, by=town.qian, now=timezone.now())


def test_nothing_typed_changes_nothing_and_a_wrong_one_is_said(town: Town) -> None:
    case = told(town)
    for typed in ({}, {"q": "不存在的路99号"}, {"phone": "12"}, {"cls": "none"}):
        phone = with_key(case).open(f"/r/{case.number}/correct/")
        assert phone.press(phone.form("q"), **typed).page.status_code == 422
    assert Step.objects.filter(case=case).count() == case.step_count


def test_is_there_for_nobody_else_and_not_when_it_is_over(town: Town) -> None:
    case = told(town)
    for browser in (Client(), signed_in(town.accounts["fang"]), signed_in(town.accounts["chen"])):
        assert browser.get(f"/r/{case.number}/correct/").status_code == 404
    with pytest.raises(Forbidden):
        usecases.correct_case(number=case.number, correction=Correction(class_code="L02"), by=town.fang, now=timezone.now())
    over = told(town, Stage.CLOSED)
    assert 'name="q"' not in with_key(over).open(f"/r/{over.number}/correct/").text


def test_a_class_is_searched_for_without_a_script_and_what_was_typed_stays(town: Town, wide: None) -> None:
    case = told(town)
    phone = with_key(case).open(f"/r/{case.number}/correct/")
    form = phone.form("find")
    assert ("cls", "") in form.fields  # as it is
    assert 'class="choose__most"' in phone.text
    phone.press(form, find="路灯", narrow="1", note="是外面那盏")
    assert phone.page.status_code == 200
    assert Step.objects.filter(case=case).count() == case.step_count
    assert "找到" in phone.text
    fields = dict(phone.form("find").fields)
    assert (fields["find"], fields["note"].strip(), fields["cls"]) == ("路灯", "是外面那盏", "")
    phone.press(phone.form("find"), cls="L02", send="1")
    assert Case.objects.get(pk=case.pk).case_class_id == catalogue().by_code["L02"].id


def test_enter_among_the_words_narrows_and_the_button_corrects_though_words_stand_there(town: Town, wide: None) -> None:
    case = told(town)
    phone = with_key(case).open(f"/r/{case.number}/correct/")
    phone.press(phone.form("find"), find="路灯", phone="13912345678")
    assert Step.objects.filter(case=case).count() == case.step_count
    phone.press(phone.form("find"), send="1")
    case = Case.objects.select_related("reporter").get(pk=case.pk)
    assert case.reporter is not None
    assert case.reporter.phone.reveal() == "13912345678"
