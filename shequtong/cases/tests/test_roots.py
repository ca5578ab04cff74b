"""The end test of a root-cause project: 60 days, from the report or the last case after it; pure."""

from datetime import UTC, datetime, timedelta

from shequtong.cases.roots import MOST, WATCHED, Again, Closed, came_back, coming_back, end_test, ends_at, is_met

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
DONE = datetime(2026, 4, 13, 4, tzinfo=UTC)


def test_sixty_days_without_a_case_end_it_and_a_second_less_do_not() -> None:
    assert not is_met(DONE, None, DONE + 60 * DAY - SECOND)
    assert is_met(DONE, None, DONE + 60 * DAY)


def test_a_new_case_begins_them_anew() -> None:
    case = DONE + 59 * DAY
    assert ends_at(DONE, case) == case + 60 * DAY
    assert not is_met(DONE, case, DONE + 60 * DAY)
    assert not is_met(DONE, case, case + 60 * DAY - SECOND)
    assert is_met(DONE, case, case + 60 * DAY)


def test_a_case_before_the_report_is_what_it_is_about() -> None:
    assert ends_at(DONE, DONE - DAY) == DONE + 60 * DAY


def test_without_a_report_nothing_ends() -> None:
    assert ends_at(None, DONE) is None
    assert not is_met(None, None, DONE + 1000 * DAY)
    assert end_test(None, None, DONE).days_left == 60


def test_begun_days_are_left() -> None:
    assert [
        end_test(DONE, None, DONE + step).days_left for step in (0 * DAY, SECOND, DAY, 59 * DAY + SECOND, 60 * DAY, 90 * DAY)
    ] == [
        60,
        60,
        59,
        1,
        0,
        0,
    ]
    assert end_test(DONE, None, DONE + 20 * DAY).days_quiet == 20


def test_what_comes_back_comes_back_within_180_days() -> None:
    assert not came_back(DONE, DONE)
    assert came_back(DONE, DONE + SECOND)
    assert came_back(DONE, DONE + WATCHED)
    assert not came_back(DONE, DONE + WATCHED + SECOND)


def test_three_at_a_building_come_back_and_two_do_not() -> None:
    rows = [Closed(1, "07", "", 3, 30), Closed(1, "08", "", 2, 31), Closed(2, "07", "", 4, 32)]
    assert coming_back(rows) == [Again(2, "07", 4, 32), Again(1, "07", 3, 30)]


def test_six_spread_over_a_compound_are_the_compounds() -> None:
    spread = [Closed(1, f"0{at}", "15", 2, at) for at in (7, 8, 9)]
    assert coming_back(spread) == [Again(1, "15", 6, 9)]
    assert coming_back(spread[:2]) == []
    mixed = [Closed(at, f"0{at}", "15", 2, at) for at in (7, 8, 9)]  # of three classes
    assert coming_back(mixed) == []


def test_where_one_building_has_most_of_them_it_is_the_place() -> None:
    rows = [Closed(1, "07", "15", 4, 4), Closed(1, "08", "15", 2, 9)]
    assert coming_back(rows) == [Again(1, "07", 4, 4)]


def test_a_street_is_offered_so_many_the_most_first() -> None:
    rows = [Closed(1, f"0{at:03}", "", 3 + at, at) for at in range(MOST + 5)]
    found = coming_back(rows)
    assert len(found) == MOST
    assert found[0].n == 3 + MOST + 4
