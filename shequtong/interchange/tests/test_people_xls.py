"""A workbook of the old kind (.xls, BIFF8), as Excel 97 to 2003 and WPS keep it: `files/disabled.xls`, written by xlwt 1.3.0 outside of this project."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.translation import override

from shequtong.interchange.people_in.received import received
from shequtong.interchange.people_in.table import CannotReadTable, rows_of
from shequtong.people.models import Disability, Hardship, Migrant, PartyMember, Person
from shequtong.people.testing import make_id, make_room
from shequtong.testing.town import Town

FILE = Path(__file__).parent / "files" / "disabled.xls"
HOME, OTHER = "枫桥路12号3幢1单元501室", "枫桥路12号3幢1单元502室"
_PASSWORD, _WRITE_ACCESS = b"\x2f\x00", b"\x5c\x00\x70\x00"  # records of BIFF8


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def test_cells_of_every_kind() -> None:
    """Text that looks like a number stays text, days are days whatever their format, merged cells hold what their first one holds."""
    rows = dict(rows_of(FILE.read_bytes()))
    assert rows[2][3:5] == ["联系方式"] * 2
    assert rows[4][2] == make_id(date(1960, 5, 6), 11)
    assert rows[4][9:] == [1360.5, date(1985, 7, 1), date(2019, 3, 4)]
    assert rows[5][3] == 16100000002
    assert rows[4][5] == rows[5][5] == HOME
    assert rows[5][10:] == ["1988.7.1", None]


def test_headings_in_two_rows_of_the_sheet_with_the_most() -> None:
    head = received(FILE.read_bytes(), "残疾人.xls").head
    assert head.row == 3
    assert head.names[3:9] == ("联系方式·手机", "联系方式·座机", "现住址", "残疾信息·证号", "残疾信息·类别", "残疾信息·等级")


@pytest.mark.django_db
def test_it_comes_in_as_any_other(town: Town) -> None:
    for name in ("501", "502"):
        make_room(town.building, name=name)

    def run() -> dict[str, Any]:
        out = io.StringIO()
        call_command("import_people", str(FILE), "--json", "--subdistrict", "SS", stdout=out)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    told = run()
    assert (told["rows"], told["created"]) == (4, 3)
    (refused,) = told["refused"]
    assert (refused["row"], refused["column"]) == (7, "身份证号")
    assert "15 of the 18" in refused["why"]
    first, second = Person.objects.order_by("born_on")[:2]
    assert (first.name.reveal(), first.phone.reveal(), first.other_phone.reveal()) == ("张建国", "16100000001", "0512-65551234")
    assert (second.name.reveal(), second.phone.reveal()) == ("李梅", "16100000002")
    assert first.room_id == second.room_id
    held = Disability.objects.get(person=first)
    assert (held.certificate.reveal(), held.kind, held.grade) == (f"{make_id(date(1960, 5, 6), 11)}42", "4", "2")
    assert Disability.objects.exclude(person=first).get().grade == "3"
    assert Hardship.objects.get().amount == 136_050
    assert list(PartyMember.objects.order_by("id").values_list("joined_on", flat=True)) == [date(1985, 7, 1), date(1988, 7, 1)]
    assert set(Migrant.objects.values_list("came_on", flat=True)) == {date(2019, 3, 4), date(2021, 9, 1)}
    assert run()["unchanged"] == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (FILE.read_bytes().replace(_WRITE_ACCESS, _PASSWORD + _WRITE_ACCESS[2:], 1), "password"),
        (FILE.read_bytes()[:2000], "damaged"),
        (FILE.read_bytes()[:512] + bytes(4000), "damaged"),
    ],
)
def test_one_that_cannot_be_opened_says_so(content: bytes, said: str) -> None:
    with pytest.raises(CannotReadTable, match=said):
        list(rows_of(content))


def test_a_table_of_libreoffice_is_told_how_to_come() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<office:document-content/>")
    with pytest.raises(CannotReadTable, match=r"\.ods.*\.xlsx"):
        list(rows_of(out.getvalue()))
