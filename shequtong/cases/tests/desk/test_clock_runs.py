"""The list of what moved: who may see which run, which of its cases, page by page."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases.models import ClockMove, ClockRun
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.recompute_due import recompute_due
from shequtong.cases.views import clock_runs
from shequtong.core.actors import SystemActor
from shequtong.territory.models import WorkCalendar
from shequtong.territory.usecases.set_calendar_days import set_calendar_days
from shequtong.testing.statements import count_statements
from shequtong.testing.town import STREET, Town

MONDAY = datetime(2026, 4, 13, 1, tzinfo=UTC)
CLOCK = SystemActor("clock")


@pytest.fixture
def run(town: Town) -> ClockRun:
    """Five cases moved by a day off."""
    for n in range(5):
        make_case(town, now=MONDAY + timedelta(minutes=n))
    days: dict[date, tuple[str | None, str]] = {date(2026, 4, 13): ("holiday", "x")}
    set_calendar_days(calendar_id=WorkCalendar.objects.get().pk, days=days, by=SystemActor("丁岚"), now=MONDAY)
    recompute_due(subdistrict_id=STREET, worker="one", by=CLOCK, now=MONDAY + timedelta(hours=1))
    return ClockRun.objects.get()


@pytest.mark.parametrize(("name", "code"), [("supervisor", 200), ("chen", 200), ("he", 200), ("gao", 404), ("qian", 404)])
def test_who_sees_a_run(town: Town, run: ClockRun, name: str, code: int) -> None:
    browser = signed_in(town.accounts[name])
    assert browser.get(f"/desk/clock-runs/{run.pk}/").status_code == code
    listed = browser.get("/desk/clock-runs/").content.decode()
    assert (str(run.pk) in listed) is (code == 200)


def test_who_sees_no_case_sees_how_far_it_is_and_no_number(town: Town, run: ClockRun) -> None:
    account = make_account("系统管理员", staff=True)
    make_appointment(account, "system_admin")
    page = signed_in(account).get(f"/desk/clock-runs/{run.pk}/").content.decode()
    assert "丁岚" in page
    assert not re.search(r"/desk/cases/SS-", page)


def test_pages_follow_one_another_without_gap_or_repeat(town: Town, run: ClockRun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_runs, "_PAGE", 2)
    browser, seen, address = signed_in(town.accounts["supervisor"]), [], "?"
    while address:
        page = browser.get(f"/desk/clock-runs/{run.pk}/{address}").content.decode()
        seen += re.findall(r"/desk/cases/(SS-[^/]+)/", page)
        found = re.search(r'href="(\?after=\d+)" rel="next"', page)
        address = found.group(1) if found else ""
    wanted = [move.case.number for move in ClockMove.objects.filter(run=run).select_related("case").order_by("id")]
    assert seen == wanted
    assert len(set(seen)) == 5


def test_pages_ask_few_statements(town: Town, run: ClockRun) -> None:
    browser = signed_in(town.accounts["supervisor"])
    for address, most in ((f"/desk/clock-runs/{run.pk}/", 7), ("/desk/clock-runs/", 5)):
        browser.get(address)
        with count_statements() as seen:
            browser.get(address)
        assert seen.total <= most, seen.listing
