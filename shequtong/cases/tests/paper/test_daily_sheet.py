"""The daily sheet: a station's own cases by when they are due, its part in others', what it handled today; nothing is cut."""

from datetime import timedelta

from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.paper import daily_sheet
from shequtong.cases.paper.daily_sheet import LONGEST, ROWS_OF_A_PAGE
from shequtong.cases.testing import make_case
from shequtong.cases.tests.paper import pages_of
from shequtong.cases.workflow import Stage
from shequtong.organizations.stations import station
from shequtong.testing.town import MORNING, Town
from shequtong.ui.paper import render

NOW = MORNING + timedelta(hours=3)


def rows_of(town: Town, code: str = "police") -> list[list[str]]:
    """The rows of the sheet."""
    rows: list[list[str]] = daily_sheet(station(town.stations[code].pk), by=town.wang, now=NOW).data["rows"]
    return rows


def test_late_comes_first_then_today_then_the_rest_then_what_was_handled_today(town: Town) -> None:
    rest = make_case(town, stage=Stage.HANDLING)
    late, today = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.DISPATCHED)
    done = make_case(town, stage=Stage.VERIFICATION)
    Case.objects.filter(pk=late.pk).update(due_at=NOW - timedelta(hours=1))
    Case.objects.filter(pk=today.pk).update(due_at=NOW + timedelta(hours=1))

    found = [(row[1].split()[0], row[-1]) for row in rows_of(town)]

    assert found == [(late.number, "late"), (today.number, "today"), (rest.number, "open"), (done.number, "done")]


def test_only_what_the_station_has(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    make_case(town, stage=Stage.REGISTERED)
    assert len(rows_of(town)) == 1
    assert rows_of(town, "urban_management") == []


def test_what_another_station_asked_of_it_is_there_too(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助", by=town.wang, now=NOW)
    rows = rows_of(town, "urban_management")
    assert [row[1].split()[0] for row in rows] == [case.number]


def test_what_was_handled_yesterday_is_not_todays(town: Town) -> None:
    make_case(town, stage=Stage.VERIFICATION, now=MORNING - timedelta(days=1))
    assert rows_of(town) == []


def test_25_rows_a_page_with_the_head_on_each(town: Town) -> None:
    first = make_case(town, stage=Stage.HANDLING)
    for n in range(ROWS_OF_A_PAGE):
        copy = Case.objects.get(pk=first.pk)
        copy.pk, copy.serial, copy.title = None, first.serial + 100 + n, "标题"
        copy.save(force_insert=True)
    pages = pages_of(render(daily_sheet(station(town.police.pk), by=town.wang, now=NOW), at=NOW))
    assert [page.count("SS-2026-") for page in pages] == [ROWS_OF_A_PAGE, 1]
    for page in pages:
        assert "狮山公安" in page


def test_the_whole_matter_is_printed_with_who_has_it(town: Town) -> None:
    told = "三幢楼下的垃圾桶满了两天没人清，味道很大，苍蝇也多，请尽快处理。" * 5
    case = make_case(town, stage=Stage.HANDLING, text=told)
    usecases.assign_case(number=case.number, account_id=town.accounts["wang"].pk, note="", by=town.wang, now=NOW)
    (row,) = rows_of(town)
    assert row[1].split("\n")[1] == told
    assert row[4] == "王强"
    words = "".join("".join(pages_of(render(daily_sheet(station(town.police.pk), by=town.wang, now=NOW), at=NOW))).split())
    assert told in words
    Case.objects.filter(pk=case.pk).update(text="长" * (LONGEST + 1))
    assert "长" * LONGEST + "…" in rows_of(town)[0][1]


def test_what_is_in_hand_is_counted_whole(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    late, today = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.DISPATCHED)
    make_case(town, stage=Stage.VERIFICATION)
    Case.objects.filter(pk=late.pk).update(due_at=NOW - timedelta(hours=1))
    Case.objects.filter(pk=today.pk).update(due_at=NOW + timedelta(hours=1))
    sums = daily_sheet(station(town.police.pk), by=town.wang, now=NOW).data["sums"]
    assert [n for _name, n in sums] == ["3", "1", "1", "1"]


def test_an_idle_station_gets_a_sheet_too(town: Town) -> None:
    assert len(pages_of(render(daily_sheet(station(town.urban.pk), by=town.zhou, now=NOW), at=NOW))) == 1


def test_names_nobody_who_told_anything(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    words = "".join(pages_of(render(daily_sheet(station(town.police.pk), by=town.wang, now=NOW), at=NOW)))
    assert "赵" not in words
    assert "1381234" not in words
    assert "138*" not in words
