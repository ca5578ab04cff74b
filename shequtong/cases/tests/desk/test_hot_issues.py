"""Hot issues: what is told at one place far more often of late than chance explains, found by the worker, read by whose ground it is."""

import csv
import gzip
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from shequtong.accounts.testing import signed_in
from shequtong.cases.hot import CHANCE, Issue, Told, hot_issues, tail
from shequtong.cases.lookups import on_map
from shequtong.cases.models import Case, HotIssue, HotIssueCase
from shequtong.cases.scheduled import look_for_issues
from shequtong.cases.testing import make_case
from shequtong.cases.tests.desk.test_map import SEEN, seen
from shequtong.cases.usecases.find_hot_issues import EVERY, find_hot_issues
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

REAL = Path(settings.BASE_DIR).parent / "shared/data/citizen_messages/hot_issue_messages.csv.gz"
PLANT = "河边新建的搅拌站粉尘很大，半夜噪音扰民，要求停工"
DAY = timedelta(days=1)


def told(town: Town, *, hot: int = 9, steady: int = 20) -> datetime:
    """A steady street, and of late many reports of one plant; returns the moment of the look."""
    now = MORNING + timedelta(weeks=10)
    for each in range(steady):
        make_case(town, cls="L02", text=f"第{each}号摊位占道经营，请处理。", now=MORNING + each * 3 * DAY)
    for each in range(hot):
        make_case(town, cls="E01", text=f"{PLANT}，第{each}次反映。", now=now - (each + 1) * timedelta(hours=7))
    return now


def test_what_was_only_brought_in_of_late_was_not_told_of_late(town: Town) -> None:
    now = told(town)
    Case.objects.filter(case_class__code="E01").update(is_history=True)
    assert find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now) == 0


def test_the_map_of_an_issue_shows_its_cases_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    now = told(town)
    find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now)
    monkeypatch.setattr(on_map, "MOST_READ", 5)
    issue = HotIssue.objects.get()
    assert seen(town, "chen", f"{SEEN}&stage=all&issue={issue.pk}")["n"] == 9


def test_what_is_told_of_late_is_found_with_its_cases(town: Town) -> None:
    now = told(town)
    assert find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now) == 1
    issue = HotIssue.objects.get()
    assert (issue.case_class.code, issue.recent, issue.before, issue.days) == ("E01", 9, 0, 3)
    assert issue.place_name == town.building.compound.name if town.building.compound else town.building.address
    assert HotIssueCase.objects.count() == 9
    assert 0 < issue.chance < CHANCE
    client = signed_in(town.accounts["chen"])
    client.get("/desk/hot/")
    with count_statements() as seen:
        page = client.get("/desk/hot/").content.decode()
    assert seen.warm.total <= 5
    address = f"/desk/cases/?stage=all&amp;issue={issue.pk}"
    assert address in page
    queue = client.get(address.replace("&amp;", "&")).content.decode()
    assert queue.count('data-role="title"') == 9
    assert "占道" not in queue.split("<tbody", 1)[1].split("</tbody", 1)[0]


def test_it_stays_one_row_while_it_lasts_and_ends(town: Town) -> None:
    now = told(town)
    here = town.building.subdistrict_id
    find_hot_issues(subdistrict_id=here, now=now)
    before = HotIssue.objects.get().pk
    assert find_hot_issues(subdistrict_id=here, now=now + timedelta(minutes=1)) == 0  # another worker looked just now
    make_case(town, cls="E01", text=f"{PLANT}，又来了。", now=now)
    find_hot_issues(subdistrict_id=here, now=now + EVERY)
    issue = HotIssue.objects.get()
    assert (issue.pk, issue.recent, HotIssueCase.objects.count()) == (before, 10, 10)
    assert look_for_issues(now + 60 * DAY) == 0
    assert HotIssue.objects.get().ended_at is not None
    assert "<mark>" not in signed_in(town.accounts["chen"]).get("/desk/hot/").content.decode()
    find_hot_issues(subdistrict_id=here, now=now + 200 * DAY)
    assert not HotIssue.objects.exists()


def test_steady_is_not_hot(town: Town) -> None:
    now = told(town, hot=0, steady=30)
    assert find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now) == 0
    assert signed_in(town.accounts["chen"]).get("/desk/hot/").status_code == 200


def test_the_next_street_and_stations_see_nothing_of_it(town: Town) -> None:
    now = told(town)
    find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now)
    issue = HotIssue.objects.get()
    gao = signed_in(town.accounts["gao"])
    assert f"issue={issue.pk}" not in gao.get("/desk/hot/").content.decode()
    assert 'data-role="title"' not in gao.get(f"/desk/cases/?stage=all&issue={issue.pk}").content.decode()
    assert signed_in(town.accounts["wang"]).get("/desk/hot/").status_code == 404


def test_the_board_names_class_and_community_alone(town: Town) -> None:
    now = told(town)
    find_hot_issues(subdistrict_id=town.building.subdistrict_id, now=now)
    page = signed_in(town.accounts["chen"]).get("/board/").content.decode()
    assert f"issue={HotIssue.objects.get().pk}" in page
    assert "搅拌站" not in page


def test_chance_is_the_binomial_tail() -> None:
    assert tail(3, 0.5, 3) == pytest.approx(0.125)
    assert tail(3, 0.5, 0) == pytest.approx(1)
    assert tail(20, 0.2, 20) == pytest.approx(0.2**20)


def _real() -> list[Told]:
    with gzip.open(REAL, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = []
    for number, row in enumerate(rows):
        at = datetime(*(int(part) for part in re.findall(r"\d+", row["time"])[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]  # six numbers
        found.append(Told(number, 0, ("4",), at, f"{row['title']}。{row['body'].strip()}"[:200]))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_file(), reason="the real messages lie beside the project, in ../shared/data")
def test_the_known_issues_of_a_real_city_are_found_and_chance_is_not() -> None:
    """One place, one class, words alone: the hardest setting. What the city's contest names as its hottest must be found while it is."""
    rows = _real()

    def named(word: str, since: datetime, weeks: int) -> list[Issue]:
        looks = [since + timedelta(weeks=week) for week in range(weeks)]
        return [one for at in looks for one in hot_issues(rows, at) if word in "".join(one.words)]

    assert named("伊景园", datetime(2019, 8, 2, tzinfo=UTC), 5)
    assert named("搅拌", datetime(2019, 11, 22, tzinfo=UTC), 4)
    draw = random.Random(20251122)
    times = [one.at for one in rows]
    found = 0
    for at in (datetime(2019, 3, 1, tzinfo=UTC) + timedelta(days=22 * each) for each in range(14)):
        draw.shuffle(times)
        shuffled = [Told(one.id, 0, one.places, when, one.text) for one, when in zip(rows, times, strict=True)]
        found += bool(hot_issues(shuffled, at))
    assert found <= 2  # of 14 looks: one of twenty may name something
