"""Months, quarters and years of reports: whatever month it is asked from, each month is read once, and in few parts."""

from datetime import date

import pytest

from shequtong.cases.told_spans import SPANS, since

MONTHS = [date(year, month, 1) for year in (2024, 2025, 2026) for month in range(1, 13)]


@pytest.mark.parametrize("start", MONTHS)
def test_all_since_a_month_is_that_month_and_each_after_it_once(start: date) -> None:
    parts = list(since(start))
    assert len(parts) <= 3
    for month in MONTHS:
        read = sum(one.times for one in parts if one.days[0] <= one.span.first_day(month) <= one.days[1])
        assert read == (month >= start), month


def test_days_are_counted_under_the_first_of_their_month_quarter_and_year() -> None:
    assert [span.first_day(date(2026, 6, 30)) for span in SPANS] == [date(2026, 6, 1), date(2026, 4, 1), date(2026, 1, 1)]
    assert [span.first_day(date(2026, 10, 1)) for span in SPANS] == [date(2026, 10, 1), date(2026, 10, 1), date(2026, 1, 1)]
