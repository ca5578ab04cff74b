"""import_cases: a history comes in with its own times, whatever kind its file is, and each thing such files get wrong has its rule."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.audit.usecases import seal_entries
from shequtong.cases.grams import grams_of
from shequtong.cases.models import NEVER, Case, CaseGram
from shequtong.core.snapshot import snapshot
from shequtong.figures.read import total
from shequtong.figures.verification import Verification
from shequtong.interchange.models import ImportRun
from shequtong.interchange.tests.histories import bring, brought, mapping_file, moves, row, rows, text_of, write
from shequtong.messaging.models import Message
from shequtong.testing.town import STREET, Town

OPENED = datetime(2019, 5, 6, 1, tzinfo=UTC)  # 09:00 in Suzhou
CLOSED = datetime(2019, 5, 6, 4, tzinfo=UTC)


def one(town: Town, tmp_path: Path, **told: Any) -> Case:
    """The case that one row becomes."""
    assert bring(town, write(tmp_path / "h.csv", [row(**told)]))["refused"] == 0
    return Case.objects.get()


def test_its_own_times_stand_and_no_clock_runs(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path)
    assert (case.stage, case.is_history, case.is_open) == ("closed", True, False)
    assert (case.reported_at, case.registered_at, case.dispatched_at) == (OPENED, OPENED, OPENED)
    assert (case.handled_at, case.closed_at, case.first_closed_at, case.verified_at) == (CLOSED, CLOSED, CLOSED, None)
    assert (case.due_at, case.wake_at, case.clock_from) == (NEVER, NEVER, None)
    assert case.promised_at == datetime(2019, 5, 6, 7, tzinfo=UTC)  # four hours of the office, lunch left out
    assert not case.handled_late
    assert case.lead_station == town.urban
    assert case.number.startswith("SS-2019-")
    steps = list(case.steps.order_by("number"))
    assert [(step.move, step.at) for step in steps] == [
        ("intake", OPENED),
        ("register", OPENED),
        ("dispatch", OPENED),
        ("handle", CLOSED),
        ("close", CLOSED),
    ]
    assert {step.actor for step in steps} == {"历史导入"}
    assert not Message.objects.exists()
    # What is looked for by its words is found, as any other case.
    assert set(CaseGram.objects.filter(case=case).values_list("gram", flat=True)) == grams_of(case.text, case.title, case.address)


def test_the_station_that_had_it_finds_it_among_what_has_ended(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path)
    urban = signed_in(town.accounts["zhou"])
    for stage in ("closed", "all"):
        assert case.number in urban.get("/desk/cases/", {"stage": stage}).content.decode()
    assert case.number not in signed_in(town.accounts["wang"]).get("/desk/cases/", {"stage": "closed"}).content.decode()


def test_figures_and_log_can_be_verified(town: Town, tmp_path: Path) -> None:
    told = [*rows(12), row(no="D", status="完成-重复"), row(no="H", status="在办", closed="")]
    bring(town, write(tmp_path / "h.csv", told))
    assert total(STREET, "move.close", days=(OPENED.date(), OPENED.date())) == 12
    with snapshot():
        assert list(Verification(STREET).differences()) == []
    entries = Entry.objects.filter(subdistrict=STREET)
    assert entries.filter(what="cases.imported").count() == 14
    whats = ["interchange.import_begun", "interchange.import_done"]
    assert list(entries.filter(what__startswith="interchange.").order_by("id").values_list("what", flat=True)) == whats
    while seal_entries(subdistrict_id=STREET, now=datetime.now(UTC)):
        pass
    call_command("audit_verify")


@pytest.mark.parametrize("name", ["h.csv", "h.csv.gz", "h.xlsx", "h.parquet", "gb18030.csv", "utf16.csv", "marked.csv"])
def test_every_kind_of_file_says_the_same(town: Town, tmp_path: Path, name: str) -> None:
    told, path = [row(no="7"), row(no="8", kind="")], tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text_of(told).encode()))
    elif encoding := {"gb18030.csv": "gb18030", "utf16.csv": "utf-16", "marked.csv": "utf-8-sig"}.get(name):
        path.write_text(text_of(told), encoding=encoding)
    else:
        write(path, told)
    assert bring(town, path)["new"] == 2
    assert (brought("7").text, brought("7").reported_at) == ("楼道堆满纸箱", OPENED)
    assert brought("8").case_class.code == "L01"  # blank words may have a class, too


def test_closed_before_opened_is_taken_at_its_opening(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path, closed="2019-05-05 12:00:00")
    assert (case.reported_at, case.closed_at, case.handled_at) == (OPENED, OPENED, OPENED)
    last = case.steps.get(move="close")
    assert last.details["source"]["said"]["closed"] == "2019-05-05T04:00:00+00:00"


def test_a_day_alone_is_its_first_moment(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path, opened="06.05.2019", closed="07.05.2019")
    assert case.reported_at == datetime(2019, 5, 5, 16, tzinfo=UTC)
    assert case.closed_at == datetime(2019, 5, 6, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "closed", "first"), [("latest", "2019-06-03", "2019-05-06"), ("first", "2019-05-08", "2019-05-06")]
)
def test_of_a_repeated_number_one_row_wins(town: Town, tmp_path: Path, rule: str, closed: str, first: str) -> None:
    days = ("2019-05-08 12:00:00", "2019-06-03 12:00:00", "2019-05-06 12:00:00")
    path = write(tmp_path / "h.csv", [row(closed=day) for day in days])
    found = bring(town, path, mapping_file(tmp_path, repeated=rule))
    assert (found["rows"], found["new"], found["merged"]) == (3, 1, 2)
    case = Case.objects.get()
    assert case.closed_at is not None
    assert case.first_closed_at is not None
    assert (f"{case.closed_at:%Y-%m-%d}", f"{case.first_closed_at:%Y-%m-%d}") == (closed, first)
    assert len(case.steps.get(move="close").details["source"]["other_closings"]) == 2


def test_the_citys_duplicate_is_voided_with_its_mark(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path, status="完成-重复")
    assert (case.stage, moves(case)) == ("voided", ["intake", "register", "void"])
    last = case.steps.get(move="void")
    assert (last.at, last.details) == (CLOSED, {"source": {"status": "完成-重复", "duplicate": True}})
    page = signed_in(town.accounts["chen"]).get(reverse("cases:desk-detail", args=[case.number]))
    assert page.status_code == 200
    assert "完成-重复" in page.content.decode()  # in the words of the source


def test_an_old_open_one_stays_open_and_reminds_nobody(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path, status="在办", closed="", opened="2000-01-03")
    assert (case.stage, case.is_open, case.due_at, case.wake_at) == ("handling", True, NEVER, NEVER)
    assert (case.year, case.lead_station) == (2000, town.urban)


@pytest.mark.parametrize(("status", "stage"), [("取消", "voided"), ("转出", "not_accepted")])
def test_an_end_without_its_time_is_when_it_was_last_known(town: Town, tmp_path: Path, status: str, stage: str) -> None:
    case = one(town, tmp_path, status=status, closed="")
    assert (case.stage, case.stage_since) == (stage, OPENED)


def test_late_is_what_the_limit_of_the_class_says(town: Town, tmp_path: Path) -> None:
    case = one(town, tmp_path, closed="2019-05-08 12:00:00")
    assert case.handled_late
    assert list(case.steps.filter(late=True).values_list("move", flat=True)) == ["handle"]


def test_place_by_point_by_area_and_by_the_command(town: Town, tmp_path: Path) -> None:
    told = [
        row(no="P", lon="120.558", lat="31.298", area="东区"),
        row(no="A", area="东区", lon="-87.7", lat="41.8"),
        row(no="C", lon="0", lat="0"),
    ]
    bring(town, write(tmp_path / "h.csv", told))
    assert [brought(no).unit for no in "PAC"] == [town.grid, town.other_grid, town.community]
    assert (brought("A").lon, brought("A").tile > 0, brought("C").lon, brought("C").tile) == (-87.7, True, None, 0)


def test_a_point_out_of_bounds_is_left_out(town: Town, tmp_path: Path) -> None:
    place = {"lon": "lon", "lat": "lat", "bounds": [120, 31, 121, 32]}
    bring(town, write(tmp_path / "h.csv", [row(lon="-87.7", lat="41.8")]), mapping_file(tmp_path, place=place))
    assert (brought("1").lon, brought("1").unit) == (None, town.community)


def test_a_dry_run_says_the_same_and_writes_nothing(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "h.csv", [*rows(3), row(no="R0001"), row(no="X", opened="gestern")])
    dry = bring(town, path, None, "--dry-run", "--refused", str(tmp_path / "r.csv"))
    assert not Case.objects.exists()
    assert not ImportRun.objects.exists()
    assert (tmp_path / "r.csv").read_text(encoding="utf-8-sig").count("gestern") == 1
    done = bring(town, path)
    assert dry["already_there"] is None  # a dry run asks no database what is here
    assert {**dry, "dry_run": False, "already_there": 0} == done
    assert (done["rows"], done["new"], done["merged"], done["refused"]) == (5, 3, 1, 1)
