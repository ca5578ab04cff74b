"""The matrix of an entrance: rooms of one line under one another, whatever they are called; nothing is lost."""

import random

import pytest

from shequtong.people.matrix import Named, arranged, by_number, line_of


@pytest.mark.parametrize(
    ("floor", "name", "line"),
    [
        (3, "302", 2),
        (12, "1204", 4),
        (-1, "B101", 1),
        (-1, "-102", 2),
        (3, "0302", 2),
        (3, "302A", 2),
        (1, "商铺12", None),
        (3, "502", None),
        (5, "500", None),
        (1, "门卫室", None),
        (0, "", None),
    ],
)
def test_the_line_a_name_says(floor: int, name: str, line: int | None) -> None:
    assert line_of(floor, name) == line


def test_rooms_of_one_line_stand_under_one_another() -> None:
    rooms = [(1, 3, "301"), (2, 3, "303"), (3, 2, "201"), (4, 2, "202"), (5, 2, "203"), (6, 1, "商铺1"), (7, 1, "门卫室")]
    assert arranged(rooms) == {3: [1, None, 2], 2: [3, 4, 5], 1: [6, 7, None]}


def test_two_of_one_line_both_stand_there() -> None:
    assert arranged([(1, 5, "501"), (2, 5, "501A"), (3, 5, "502")]) == {5: [1, 3, 2]}


def test_numbers_are_read_as_numbers() -> None:
    assert sorted(["商铺10", "商铺2", "大堂"], key=by_number) == ["商铺2", "商铺10", "大堂"]


@pytest.mark.parametrize("seed", range(30))
def test_every_room_is_drawn_exactly_once(seed: int) -> None:
    chance = random.Random(seed)
    odd = ["门卫室", "复式", "501-601", "B101", "-1", "地下室", "商铺3", "A座", "٣٠٢", "0", "1", "10000000000000000000"]
    rooms: list[Named] = []
    for pk in range(1, chance.randint(2, 120)):
        floor = chance.choice([-2, -1, 0, 1, 2, 3, 10, 33])
        name = chance.choice([*odd, f"{floor}{chance.randint(0, 12):02d}", f"{floor}{chance.randint(0, 3):02d}A", str(pk)])
        rooms.append((pk, floor, name))
    drawn = arranged(rooms)
    for floor, row in drawn.items():
        assert sorted(pk for pk in row if pk is not None) == sorted(pk for pk, at, _name in rooms if at == floor)
    assert len({len(row) for row in drawn.values()}) == 1
