"""The messy workbook, by the command: what is good is on record cell by cell, what is not is told at its cell; again, nothing changes."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from shequtong.audit.models import Entry
from shequtong.interchange.models import PeopleTable
from shequtong.interchange.people_in.batches import batches
from shequtong.interchange.people_in.testing import FIRST, HEADINGS, Messy, messy_workbook
from shequtong.interchange.usecases import load_table_rows
from shequtong.people.models import Home, Membership, Person, Residence
from shequtong.people.testing import make_room
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
Command = Callable[..., dict[str, Any]]
_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def messy(town: Town) -> Messy:
    for name in ("501", "502", "601"):
        make_room(town.building, name=name)
    return messy_workbook("苏州市虎丘区枫桥路12号3幢1单元", ["501", "502", "601"])


@pytest.fixture
def run(tmp_path: Path) -> Command:
    def command(content: bytes, *more: str, name: str = "人口.xlsx") -> dict[str, Any]:
        path, out = tmp_path / name, io.StringIO()
        path.write_bytes(content)
        call_command("import_people", str(path), "--json", "--subdistrict", "SS", *more, stdout=out)
        found: dict[str, Any] = json.loads(out.getvalue())
        return found

    return command


def cells_of(content: bytes, part: str) -> dict[int, dict[int, str]]:
    """A sheet read by other means than the import's: rows and columns from 1, as the XML has them."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        strings = packed.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in packed.namelist() else b"<sst/>"
        shared = ["".join(text.text or "" for text in one.iterfind(".//m:t", _NS)) for one in ET.fromstring(strings)]
        sheet = ET.fromstring(packed.read(part))
    found: dict[int, dict[int, str]] = {}
    for cell in sheet.iterfind(".//m:c", _NS):
        letters = "".join(one for one in cell.get("r", "") if one.isalpha())
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        value = cell.findtext("m:v", "", _NS) or cell.findtext("m:is/m:t", "", _NS)
        if value:
            found.setdefault(int(cell.get("r", "")[len(letters) :]), {})[column] = (
                shared[int(value)] if cell.get("t") == "s" else value
            )
    return found


def test_every_good_cell_is_on_record_and_every_bad_one_is_told(messy: Messy, run: Command) -> None:
    told = run(messy.content)
    assert (told["rows"], told["created"]) == (len(messy.good) + len(messy.bad), len(messy.good))
    at_fault: dict[int, set[str]] = {}
    for one in told["refused"]:
        at_fault.setdefault(one["row"], set()).add(one["column"])
        assert one["why"]
    assert at_fault == messy.bad
    on_record = {one.name.reveal(): one for one in Person.objects.all()}
    assert len(on_record) == len(messy.good)
    for facts in messy.good.values():
        person = on_record[facts["name"]]
        for name, value in facts.items():
            held = getattr(person, name)
            assert (held.reveal() if hasattr(held, "reveal") else held) == value, (facts["name"], name)


def test_read_by_other_means_the_registry_says_the_same(messy: Messy, run: Command) -> None:
    """The good rows once more from the XML itself, by rules written here alone."""
    run(messy.content)
    sheet = cells_of(messy.content, "xl/worksheets/sheet2.xml")
    column = {name: at for at, name in enumerate(HEADINGS, 1)}
    on_record = {one.id_number.reveal(): one for one in Person.objects.all() if one.id_number}
    seen = 0
    for row in messy.good:
        told = sheet[row].get(column["证件信息·公民身份号码"], "")
        digits = "".join(
            one for one in told.translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")) if one in "0123456789X"
        )
        if len(digits) != 18:
            continue
        person, seen = on_record[digits], seen + 1
        assert person.name.reveal().replace("·", "") == "".join(sheet[row][column["姓 名"]].split()).replace("．", "")
        born = sheet[row][column["出生日期"]]
        if born.isdigit() and len(born) == 5:
            assert person.born_on == date(1899, 12, 30) + timedelta(days=int(born))
        else:
            assert person.born_on is not None
            assert f"{person.born_on:%Y%m%d}".startswith(born[:4])
        assert person.room is not None
        assert person.room.name in sheet[row][column["现住址"]]
        assert person.remarks.reveal() == sheet[row].get(column["备注"], "")
        assert person.workplace.reveal() == sheet[row].get(column["工作单位"], "")
    assert seen == 4


def test_doors_households_and_residences(messy: Messy, run: Command) -> None:
    run(messy.content)
    assert sorted(Home.objects.values_list("people", "households")) == [(1, 1), (2, 1), (3, 1)]
    heads = {one.person.name.reveal() for one in Membership.objects.filter(relation="02").select_related("person")}
    assert heads == {"张建国", "买买提·吐尔逊", "王奶奶"}
    kinds = {one.person.name.reveal(): one.kind for one in Residence.objects.select_related("person")}
    assert kinds["买买提·吐尔逊"] == "tenant"
    assert kinds["张建国"] == "owner"
    assert kinds["李婴儿"] == "lodger"


def test_a_second_time_nothing_changes(messy: Messy, run: Command) -> None:
    run(messy.content)
    again = run(messy.content)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, len(messy.good))
    assert Person.objects.count() == len(messy.good)


def test_a_dry_run_says_the_same_and_writes_nothing(messy: Messy, run: Command) -> None:
    tried = run(messy.content, "--dry-run")
    assert not Person.objects.exists()
    assert tried == run(messy.content)


def test_one_trace_a_batch_and_nothing_of_anybody_in_it(messy: Messy, run: Command) -> None:
    run(messy.content)
    traces = [str(one.facts) for one in Entry.objects.filter(what__in=("people.loaded", "interchange.people_table_mapped"))]
    assert sum(one.what == "people.loaded" for one in Entry.objects.all()) == 1
    assert not any(name in trace for trace in traces for name in ("张建国", "16100000001", "枫桥路"))


def test_the_refused_rows_mended_come_in(messy: Messy, run: Command, tmp_path: Path) -> None:
    """The clerk's own way: the file of refused rows, sent again as it is, is understood and refused for the same reasons."""
    out = tmp_path / "refused.xlsx"
    first = run(messy.content, "--refused", str(out))
    again = run(out.read_bytes())
    assert again["created"] == again["updated"] == 0
    assert len({one["row"] for one in again["refused"]}) == len(messy.bad) - again["unchanged"]
    assert {one["why"] for one in again["refused"]} <= {one["why"] for one in first["refused"]}
    sheet = cells_of(out.read_bytes(), "xl/worksheets/sheet1.xml")
    assert sheet[1][1] == "原行号"
    assert sheet[1][len(HEADINGS) + 2] == "原因"
    assert all(sheet[row][len(HEADINGS) + 2] for row in range(2, len(messy.bad) + 2))
    assert int(sheet[2][1]) == FIRST + len(messy.good)


def test_killed_between_two_batches_it_goes_on(messy: Messy, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = load_table_rows, list[int]()

    def dies(**told: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**told)

    monkeypatch.setattr(batches, "__defaults__", (0, (), 4))
    monkeypatch.setattr("shequtong.interchange.task_kinds.load_table_rows", dies)
    with pytest.raises(Exception, match="Broken off"):
        run(messy.content)
    assert Person.objects.count() == len(messy.good)
    assert PeopleTable.objects.get().position > 0
    told = run(messy.content)
    assert (told["rows"], told["created"]) == (len(messy.good) + len(messy.bad), len(messy.good))
    assert Person.objects.count() == len(messy.good)
