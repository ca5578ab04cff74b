"""An independent reading of the messy workbook by openpyxl agrees with the registry cell by cell."""

import io
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from shequtong.interchange.people_in.testing import messy_workbook
from shequtong.people.models import Person
from shequtong.people.testing import make_room
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
_LOWER_HEADING = 4


def _plain(value: Any) -> str:
    """A cell as anybody would read it: half width, without blanks and the apostrophe of a text cell."""
    if isinstance(value, float):
        value = int(value)
    return "".join(unicodedata.normalize("NFKC", str(value or "")).split()).lstrip("'")


def _day(value: Any) -> date | None:
    """A date cell, a serial, or digits in the order year, month, day with whatever stands between."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and value < 100_000:
        return date(1899, 12, 30) + timedelta(days=int(value))
    parts = [int(part) for part in "".join(one if one.isdigit() else " " for one in _plain(value)).split()]
    if len(parts) == 1:
        return date(parts[0] // 10_000, parts[0] // 100 % 100, parts[0] % 100)
    return date(*parts) if len(parts) == 3 else None


def _people(content: bytes) -> dict[int, dict[str, Any]]:
    """Row -> heading -> cell, below the second row of headings; the heading of merged cells is that of their first."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["人口信息"]
    heads = [_plain(sheet.cell(_LOWER_HEADING, at).value or sheet.cell(_LOWER_HEADING - 1, at).value) for at in range(1, 16)]
    rows = {}
    for row in sheet.iter_rows(min_row=_LOWER_HEADING + 1):
        rows[int(row[0].row or 0)] = dict(zip(heads, (cell.value for cell in row), strict=False))
    return rows


def test_openpyxl_and_the_registry_agree(town: Town, tmp_path: Path) -> None:
    for name in ("501", "502", "601"):
        make_room(town.building, name=name)
    messy = messy_workbook("苏州市虎丘区枫桥路12号3幢1单元", ["501", "502", "601"])
    path = tmp_path / "人口.xlsx"
    path.write_bytes(messy.content)
    call_command("import_people", str(path), "--json", "--subdistrict", "SS", stdout=io.StringIO())

    known = {one.name.reveal(): one for one in Person.objects.all()}
    read = _people(messy.content)
    assert len(known) == len(messy.good)
    for row in messy.good:
        cells = read[row]
        person = known[_plain(cells["姓名"]).replace(".", "·")]
        assert person.phone.reveal() == _plain(cells["手机"]).removeprefix("+86").replace("-", "")
        assert not cells["出生日期"] or person.born_on == _day(cells["出生日期"])
        number = _plain(cells["公民身份号码"])
        if len(number) == 15:
            assert person.id_number.reveal()[:6] + person.id_number.reveal()[8:17] == number
        else:
            assert person.id_number.reveal() == number
        assert not cells["性别"] or person.sex == {"男": "1", "女": "2"}[_plain(cells["性别"])[0]]
        assert person.workplace.reveal() == _plain(cells["工作单位"])
        assert person.remarks.reveal() == _plain(cells["备注"])
        assert person.room is not None
        assert person.room.name in _plain(cells["现住址"])
