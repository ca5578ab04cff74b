"""Choosing what a report is about among hundreds of classes: by search, by what is told most, by group; without a script."""

import gzip
import re
from datetime import timedelta

import pytest

from shequtong.cases.models import Case, CaseClass
from shequtong.cases.offered import branches, most_told, search
from shequtong.cases.places import Spot, find_spot
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standings import agencies, preview_of
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.usecases import publish_batch
from shequtong.cases.usecases.prepare_standards import prepare_standards
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, TOWN_HALL, Town

pytestmark = pytest.mark.usefixtures("watched_requests")
TILE = re.compile(r'name="cls" value="(\w+)"( checked)?><svg')  # a tile has a drawing, a row of a group has none


@pytest.fixture
def wide(town: Town) -> Town:
    """The town with every class of the shipped trees."""
    duties = example_duties(agency.code for agency in agencies().values())
    batch = prepare_standards(source="examples", lines=example_lines(), duties=duties, by=TOWN_HALL, now=MORNING)
    publish_batch(batch_id=batch.pk, fingerprint=preview_of(batch).fingerprint, by=TOWN_HALL, now=MORNING)
    return town


def what(town: Town) -> Phone:
    return Phone().open(f"/report/what/?building={town.building.pk}")


def spot(town: Town) -> Spot:
    found = find_spot(town.building.pk, None, "", "")
    assert found is not None
    return found


def tiles(phone: Phone) -> list[str]:
    return [code for code, _checked in TILE.findall(phone.text)]


def test_all_that_residents_may_choose_stand_on_one_light_page(wide: Town) -> None:
    phone = what(wide)
    offered = set(CaseClass.objects.filter(for_residents=True).values_list("code", flat=True))
    assert len(offered) > 150
    offered -= {"E0110", "E0113"}  # the town has classes of its own by these names
    assert set(re.findall(r'name="cls" value="(\w+)"', phone.text)) == offered
    assert "G0302" not in offered  # whom it is about would be told by the class alone
    assert len(phone.page.content) <= 60_000
    assert len(gzip.compress(phone.page.content)) <= 20_000


def test_no_name_stands_twice(wide: Town) -> None:
    names = [one.name for branch in branches() for group in branch.groups for one in group.classes]
    assert len(names) == len(set(names)) > 150
    assert "暴露生活垃圾" in names


def test_a_few_classes_are_shown_at_once_without_search(town: Town) -> None:
    phone = what(town)
    assert len(tiles(phone)) == 10
    assert "data-choose-tree" not in phone.text
    assert 'name="find"' not in phone.text


def test_the_button_narrows_and_what_was_typed_stays(wide: Town) -> None:
    phone = what(wide)
    phone.press(phone.form("text"), button="/report/what/", narrow="1", find="漏水", text="三楼漏水到我家")
    assert phone.page.status_code == 200
    assert "P0104" in tiles(phone)
    assert "E0201" not in tiles(phone)
    form = phone.form("text")
    assert dict(form.fields)["text"] == "三楼漏水到我家"
    phone.press(form, cls="P0104", find="")
    phone.press(phone.form("cls"))
    assert Case.objects.get().case_class.code == "P0104"


def test_enter_among_the_words_looked_for_narrows_too(wide: Town) -> None:
    phone = what(wide)
    phone.press(phone.form("text"), find="路灯")
    assert phone.page.status_code == 200
    assert tiles(phone)[0] == "C0137"


def test_what_was_chosen_stays_chosen_while_one_looks_on(wide: Town) -> None:
    phone = what(wide)
    phone.press(phone.form("text"), button="/report/what/", narrow="1", find="路灯", cls="P0205")
    assert ("P0205", " checked") in TILE.findall(phone.text)
    phone.press(phone.form("text"), button="/report/what/", narrow="1", find="", cls="P0205")  # among no tiles: in its group
    assert phone.text.count(" checked>") == 1
    # Above all others: were its group unfolded, the way to "Next" would be as long as that.
    assert tiles(phone)[0] == "P0205"
    assert "data-choose-tree open" not in phone.text


def test_words_that_fit_nothing_say_so_and_leave_the_choice(wide: Town) -> None:
    phone = what(wide)
    phone.press(phone.form("text"), button="/report/what/", narrow="1", find="zzzz")
    assert "没有找到。请在下面选最接近的一类" in phone.text
    assert len(tiles(phone)) == 8


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("路灯", "C0137"),
        ("ld", "C0137"),
        ("LD", "C0137"),
        ("狗叫", "P0205"),
        ("楼道灯不亮了", "P0101"),
        ("电 梯 坏", "S0402"),
        ("欠薪", "L0503"),
    ],
)
def test_everyday_words_and_initials_find_the_class(wide: Town, words: str, code: str) -> None:
    assert code in [found.code for found in search(words)][:3]


def test_what_is_told_most_comes_first_and_only_of_this_place(wide: Town) -> None:
    assert [found.code for found in most_told(spot(wide))] == ["0101", "0110", "0113", "L01", "L02", "L03", "M01", "E01"]
    for day, code in enumerate(("P0205", "P0205", "P0205", "P0101", "P0101", "H01")):
        make_case(wide, cls=code, now=MORNING + timedelta(days=day))
    for day in range(4):
        make_case(wide, cls="M0502", building_id=wide.next_building.pk, now=MORNING + timedelta(days=day))
    assert tiles(what(wide)) == ["P0205", "P0101", "H01", "0101", "0110", "0113", "L01", "L02"]


def test_a_class_that_residents_may_not_choose_is_asked_again(wide: Town) -> None:
    phone = what(wide)
    phone.press(phone.form("text"), cls="G0302", text="这样选是不行的，请再选一次。")
    assert phone.page.status_code == 422
    assert "请选择" in phone.text


def test_the_page_costs_two_statements_however_much_was_told(wide: Town) -> None:
    phone = what(wide)
    for cases in (0, 6):
        for day in range(cases):
            make_case(wide, cls="P0205", now=MORNING + timedelta(days=day))
        phone.open(phone.address)
        with count_statements() as asked:
            phone.open(phone.address)
        own = [one for one in asked.statements if '"core_revision"' not in one.sql]
        assert len(own) == 2, asked.listing  # the community's counts and the street's; the building is held
