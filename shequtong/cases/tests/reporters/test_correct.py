"""What was taken down wrongly is put right; what stood there before stays in the course; the figures move with class and place."""

from datetime import timedelta

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.usecases import Correction
from shequtong.cases.usecases.correct_case import CannotCorrect
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.territory.dwellings import NewBuilding
from shequtong.territory.usecases.add_building import add_building
from shequtong.testing.town import MORNING, NOON, Town, point

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=10)


def correct(town: Town, case: Case, by: str = "shen", **values: object) -> Case:
    correction = Correction(**values)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds
    return usecases.correct_case(number=case.number, correction=correction, by=town.actor(by), now=LATER, note="登记有误")


def page(town: Town, case: Case) -> Phone:
    return Phone(signed_in(town.accounts["shen"])).open(f"/desk/cases/{case.number}/correct/")


def build(name: str, number: str, east: float) -> int:
    lon, lat = point(east, 0.4)
    made = add_building(new=NewBuilding(name, number, "2幢", lon, lat), by=SystemActor("Town hall"), now=NOON)
    return int(made.pk)


def test_class_place_and_telephone_with_what_stood_before(town: Town) -> None:
    case, other_grid = make_case(town), build("滨河路", "1701号", 1.4)
    browser = page(town, case)
    browser.press(browser.form("note"), cls="L02", q="滨河路1701号2幢", phone="139 1234 5678", note="反映人更正")

    case = Case.objects.select_related("reporter").get(pk=case.pk)
    kinds = catalogue().by_code
    assert browser.address == f"/desk/cases/{case.number}/"
    assert (case.case_class_id, case.building_id, case.place_path) == (kinds["L02"].id, other_grid, town.other_grid.path)
    assert case.reporter is not None
    assert case.reporter.phone.reveal() == "13912345678"
    details = Step.objects.filter(case=case).latest("number").details
    assert details["class"] == ["L01", "L02"]
    assert details["path"] == [town.grid.path, town.other_grid.path]
    assert details["phone"] == ["138****5678", "139****5678"]
    assert "138****5678 → 139****5678" in browser.text
    assert f"{kinds['L01'].name} → {kinds['L02'].name}" in browser.text
    assert list(Verification(case.subdistrict_id).differences()) == []


def test_an_address_that_fits_several_comes_back_with_them(town: Town) -> None:
    case = make_case(town)
    one, _other = build("滨河路", "1701号", 0.4), build("滨河路", "1703号", 0.45)
    browser = page(town, case)
    browser.press(browser.form("note"), q="滨河路")
    assert browser.page.status_code == 422
    assert f'value="{one}"' in browser.text
    browser.press(browser.form("note"), building=str(one))
    case.refresh_from_db()
    assert case.building_id == one


def test_nothing_changed_or_not_found_is_said(town: Town) -> None:
    case = make_case(town)
    for typed in ({}, {"q": "不存在的路99号"}):
        browser = page(town, case)
        assert browser.press(browser.form("note"), **typed).page.status_code == 422
    assert case.step_count == Step.objects.filter(case=case).count()


def test_the_class_stays_once_it_is_dispatched(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED)
    with pytest.raises(CannotCorrect):
        correct(town, case, class_code="L02")
    correct(town, case, phone="13912345678")


def test_the_place_stays_within_the_subdistrict(town: Town) -> None:
    with pytest.raises(CannotCorrect):
        correct(town, make_case(town), building_id=town.next_building.pk)


def test_the_neighbour_may_not(town: Town) -> None:
    with pytest.raises(Forbidden):
        correct(town, make_case(town), by="gao", class_code="L02")
