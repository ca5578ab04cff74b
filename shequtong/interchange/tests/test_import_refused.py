"""import_cases with hostile and broken rows, files and mappings: each is refused in words, the rest comes in."""

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management.base import CommandError

from shequtong.cases.models import Case
from shequtong.interchange.tests.histories import COLUMNS, MAPPING, bring, brought, mapping_file, row, text_of, write
from shequtong.testing.town import Town


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("no", {"no": ""}),
        ("no", {"no": "9" * 61}),
        ("no", {"no": "1\x002"}),
        ("no", {"no": "1\n2"}),
        ("kind", {"kind": "外星"}),
        ("status", {"status": "?"}),
        ("what", {"what": "长" * 5001}),
        ("opened", {"opened": ""}),
        ("opened", {"opened": "gestern"}),
        ("opened", {"opened": "1900-01-00"}),
        ("opened", {"opened": "1899-12-31"}),
        ("opened", {"opened": "2999-01-01"}),
        ("closed", {"closed": "2999-01-01"}),
        ("lon", {"lon": "nan", "lat": "31"}),
        ("lat", {"lon": "120", "lat": "north"}),
        ("lon", {"area": "外区"}),
    ],
)
def test_a_bad_row_is_refused_by_its_column_and_the_next_one_comes(
    town: Town, tmp_path: Path, column: str, told: dict[str, Any]
) -> None:
    out = tmp_path / "refused.csv"
    found = bring(town, write(tmp_path / "h.csv", [row(**told), row(no="good")]), None, "--refused", str(out))
    assert (found["new"], found["refused"]) == (1, 1)
    with out.open(encoding="utf-8-sig", newline="") as file:
        header, line = csv.reader(file)
    assert len(header) == len(line) == 4
    assert line[:2] == ["1", column]
    assert len(line[2]) <= 61
    assert line[3]
    assert brought("good")


def test_bytes_of_another_encoding_cost_their_row_alone(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    good, bad = text_of([row(no="1")]).encode(), text_of([row(no="2")]).encode("utf-16-le")
    path.write_bytes(good + b"2,\xff\xff,x,2019-05-06,,,,,,\r\n" + text_of([row(no="3")]).split("\n")[1].encode())
    assert bad  # a file of mixed encodings is what exports of merged tables look like
    found = bring(town, path)
    assert (found["new"], found["refused"]) == (2, 1)


def test_a_shifted_row_is_refused(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text(text_of([row(no="1")]) + text_of([row(no="2")]).splitlines()[1] + ",one,more\n", encoding="utf-8")
    assert (bring(town, path)["refused"], Case.objects.count()) == (1, 1)


def test_formulas_are_text_here_and_in_the_list_of_refusals(town: Town, tmp_path: Path) -> None:
    out = tmp_path / "refused.csv"
    told = [row(no="1", what="=HYPERLINK(1)"), row(no="2", status='=cmd|"/c calc"!A1')]
    bring(town, write(tmp_path / "h.csv", told), None, "--refused", str(out))
    assert brought("1").text == "=HYPERLINK(1)"
    assert "'=cmd" in out.read_text(encoding="utf-8-sig")


def test_a_formula_cell_counts_by_its_kept_value(town: Town, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "h.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    sheet.write_row(1, 0, [row()[name] for name in COLUMNS])
    sheet.write_formula(1, 2, "=1+1", value="算出来的")
    book.close()
    bring(town, tmp_path / "h.xlsx")
    assert brought("1").text == "算出来的"


def test_a_nul_in_the_words_is_left_out(town: Town, tmp_path: Path) -> None:
    bring(town, write(tmp_path / "h.csv", [row(what="楼\x00道")]))
    assert brought("1").text == "楼道"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("h.txt", b"x"),
        ("h.xlsx", b"no workbook"),
        ("h.parquet", b"PAR1"),
        ("h.csv.gz", b"no gzip"),
        ("h.csv", b"a,a\n1,2\n"),
        ("h.csv", b""),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(town: Town, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError):
        bring(town, tmp_path / name)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sytem": "x"}, "sytem"),
        ({"number": "nummer"}, "no column 'nummer'"),
        ({"class": "X99"}, "X99"),
        ({"station": "fire"}, "fire"),
        ({"channel": "pigeon"}, "pigeon"),
        ({"stage": {"columns": ["status"], "values": {"完成": "finished"}}}, "finished"),
        ({"system": "a name that is much too long"}, "system"),
        ({"times": {**MAPPING["times"], "zone": "Mars/Olympus"}}, "Mars"),
        ({"place": {"lon": "lon"}}, "together"),
        ({"place": {"areas": {"columns": ["area"], "values": {"东区": "999"}}}}, "999"),
    ],
)
def test_a_wrong_mapping_is_refused_by_its_line(town: Town, tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said) as refused:
        bring(town, write(tmp_path / "h.csv", [row()]), mapping_file(tmp_path, **changed))
    text = (tmp_path / "mapping.json").read_text(encoding="utf-8").splitlines()
    line = int(str(refused.value).split(":")[0].removeprefix("line "))
    assert any(f'"{key}"' in text[line - 1] or said in "".join(text[line - 1 : line + 6]) for key in changed)


@pytest.mark.parametrize(
    ("text", "line"), [("{\n\n", 3), ('{"a": 1,\n "a": 2}', 2), ("[1,\n]", 2), ('{"a":\n nope}', 2), ("{}\nx", 2)]
)
def test_what_is_no_json_is_refused_by_its_line(town: Town, tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "m.json").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=f"^line {line}:"):
        bring(town, write(tmp_path / "h.csv", [row()]), tmp_path / "m.json")
