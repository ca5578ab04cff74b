"""Cells one by one: days in every way, names, numbers, telephones; where somebody lives and as what; doors that are near."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from shequtong.core.actors import SystemActor
from shequtong.interchange.people_in.cells import BadCell, day_of, flag_of, id_of, name_of, phones_of
from shequtong.interchange.people_in.mapping import faults, guessed
from shequtong.interchange.people_in.places import NoSuchDoor, Places
from shequtong.interchange.people_in.residing import Residing, residing
from shequtong.interchange.people_in.table import Cell
from shequtong.people.testing import make_id, make_room
from shequtong.territory.address import parse_address
from shequtong.testing.town import STREET, Town

NEW_YEAR = date(1990, 1, 5)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    "cell",
    [
        NEW_YEAR,
        "1990.1.5",
        "1990/01/05",
        "1990-1-5",
        "19900105",
        19900105,
        32878,
        "32878",
        "1990年1月5日",
        "１９９０－０１－０５",
        "1990-01-05 00:00:00",
    ],
)
def test_days(cell: Cell) -> None:
    assert day_of(cell) == NEW_YEAR


@pytest.mark.parametrize("cell", ["1990-02-30", "1990.1", 1990.1, "90-1-5", "昨天", "1990-13-01", "1700-01-01", 99999999])
def test_no_days(cell: Cell) -> None:
    with pytest.raises(BadCell):
        day_of(cell)


def test_a_day_ahead_and_one_without_end() -> None:
    with pytest.raises(BadCell):
        day_of("2027-01-01", today=date(2026, 4, 13))
    assert day_of("长期") is None


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　三", "张三"),
        (" 欧阳 娜娜 ", "欧阳娜娜"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("John  Smith", "John Smith"),
        ("=1+1", "=1+1"),
    ],
)
def test_names(cell: str, name: str) -> None:
    assert name_of(cell) == name


@pytest.mark.parametrize("cell", ["张*", "张＊＊", 12345])
def test_no_names(cell: Cell) -> None:
    with pytest.raises(BadCell):
        name_of(cell)


def test_a_number_the_table_has_cut_is_refused_even_where_its_check_fits() -> None:
    """One of eleven cut numbers has a 0 for its check character by chance; that it is a number cell tells."""
    with pytest.raises(BadCell, match="15"):
        id_of(float(make_id()[:15] + "000") if make_id()[:15].isdigit() else 0.0)
    assert id_of("３２０５９９") == "320599"
    assert id_of(110101900101001) == "110101900101001", "15 places are an old number, whole"


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (16100000001.0, ["16100000001"]),
        ("+86 161-0000-0001", ["16100000001"]),
        ("16100000001/16100000002", ["16100000001", "16100000002"]),
        ("0512-65551234", ["0512-65551234"]),
    ],
)
def test_phones(cell: Cell, phones: list[str]) -> None:
    assert phones_of(cell) == phones


@pytest.mark.parametrize("cell", ["161****0001", "12345", "无"])
def test_no_phones(cell: Cell) -> None:
    with pytest.raises(BadCell):
        phones_of(cell)


def test_yes_and_no() -> None:
    assert [flag_of(cell) for cell in ("是", "√", "否", 0, None, "")] == [True, True, False, False, None, None]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"kind": "租住", "relation": "户主"}, Residing("tenant", relation="02")),
        ({"kind": "业主（不住）"}, Residing("owner", lives=False)),
        ({"kind": "自有", "lives": "否"}, Residing("owner", lives=False)),
        ({"register_state": "空挂户"}, Residing("registered", lives=False, registered=True)),
        ({"register_state": "人户同在", "relation": "本人"}, Residing("family", registered=True, relation="02")),
        ({"relation": "配偶", "head_name": "张三"}, Residing(relation="10", head="张三")),
        ({}, Residing()),
    ],
)
def test_as_what_somebody_is_there(told: dict[str, Cell], found: Residing) -> None:
    wrong: dict[int, str] = {}
    assert residing(told.get, {name: at for at, name in enumerate(told)}, wrong, date(2026, 4, 13)) == found
    assert wrong == {}


def test_columns_are_guessed_by_heading_then_by_content() -> None:
    rows: list[list[Cell]] = [[make_id(), "男", "枫桥路12号3幢501室", "16100000001", "随便"]] * 3
    found = guessed(["号码", "甲", "乙", "电话", "丙"], rows)
    assert [guess.target for guess in found] == ["id_number", "sex", "address", "phone", ""]
    assert found[0].why != found[3].why
    assert guessed(["姓名", "电话", "电话 (2)"], [])[2].target == "other_phone"
    assert guessed(["姓名", "姓名 (2)"], [])[1].target == ""
    assert faults(["name", "name", "address"])
    assert faults(["name", "building", "room"]) == []
    assert faults(["name", "compound"])


@pytest.mark.django_db
class TestDoors:
    """枫桥路12号3幢 with two entrances; 501 in both."""

    def places(self, town: Town, by: Any = None) -> Places:
        self.room = make_room(town.building, entrance=1, name="501")
        self.other = make_room(town.building, entrance=2, name="501")
        self.only = make_room(town.building, entrance=2, name="602")
        return Places(STREET, by or SystemActor("x"))

    def test_found_however_it_is_written(self, town: Town) -> None:
        places = self.places(town)
        for text in (
            "枫桥路12号3幢1单元501室",
            "苏州市虎丘区狮山街道枫桥路12号三栋1单元501",
            "枫桥路12号3-1-501",
            "枫桥路１２号３号楼1单元501",
        ):
            assert places.door(parse_address(text)) == self.room.pk, text
        assert places.door(parse_address("枫桥路12号3幢602室")) == self.only.pk, "the only one of this name"

    @pytest.mark.parametrize(
        ("text", "part", "said"),
        [
            ("枫桥路12号3幢501室", "entrance", "1"),
            ("枫桥路12号3幢1单元502室", "room", "501"),
            ("枫桥路12号3幢1单元", "room", "not told"),
            ("枫桥路12号9幢1单元501室", "building", "枫桥路12号3幢"),
            ("风桥路12号3幢1单元501室", "building", "枫桥路12号3幢"),
            ("无名巷1号1幢101室", "building", "territory"),
        ],
    )
    def test_what_is_near_is_told(self, town: Town, text: str, part: str, said: str) -> None:
        with pytest.raises(NoSuchDoor) as refused:
            self.places(town).door(parse_address(text))
        assert refused.value.part == part
        assert said in str(refused.value)

    def test_of_doors_beyond_ones_reach_nothing_is_told(self, town: Town) -> None:
        for address in ("枫桥路12号3幢1单元501室", "枫桥路12号3幢9单元999室"):
            with pytest.raises(NoSuchDoor) as refused:
                self.places(town, town.gao).door(parse_address(address))
            assert "枫桥" not in str(refused.value)
