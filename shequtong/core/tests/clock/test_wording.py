"""The clock in words, in the source language; the Chinese stands in the catalogue and is checked with it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from shequtong.core.clock import ClockKind, Light, Limit, Pause, PauseReason, Span, SpanKind, explain, wording
from shequtong.core.tests.clock.china import CHINA, SUZHOU, at

FOUR_HOURS = Limit(4, ClockKind.WORK_HOURS)
MONDAY = at("04-13 09:00")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("now", "pauses", "said"),
    [
        ("04-13 10:30", [], "Limit 4 office hours, used 1 h 30 min; 2 h 30 min left, due 2026-04-13 15:00"),
        (
            "04-13 16:00",
            [Pause(at("04-13 10:30"), at("04-13 13:30"), PauseReason.REPORTER_ASKED)],
            "Limit 4 office hours, used 3 h 30 min; clock stopped: 3 h (reporter asked); 30 minutes left, due 2026-04-13 16:30",
        ),
        (
            "04-15 09:30",
            [Pause(at("04-13 10:00"), None, PauseReason.SUSPENDED)],
            "Limit 4 office hours, used 1 h; clock stopped: 1 day 23 h 30 min (suspended); stands still now, 3 h left",
        ),
        ("04-13 16:01", [], "Limit 4 office hours, used 5 h 1 min; was due 2026-04-13 15:00, over by 1 h 1 min of office hours"),
        ("04-13 09:00", [], "Limit 4 office hours, used 0 minutes; 4 h left, due 2026-04-13 15:00"),
    ],
)
def test_one_sentence(now: str, pauses: list[Pause], said: str) -> None:
    assert wording.sentence(explain(FOUR_HOURS, CHINA, MONDAY, at(now), pauses)) == said


def test_the_evening_after_the_last_minute_is_used_up_not_over() -> None:
    told = explain(FOUR_HOURS, CHINA, at("04-13 14:00"), at("04-13 20:00"))
    assert wording.sentence(told) == "Limit 4 office hours, used 4 h; was due 2026-04-13 18:00, the time is used up"


def test_warns_when_the_holidays_of_the_year_are_not_entered() -> None:
    told = explain(FOUR_HOURS, CHINA, at("12-31 17:00"), at("12-31 18:00"))
    assert wording.sentence(told).endswith("; official holidays of 2027 not yet entered, the time may change")


def test_working_days_are_told_as_days_of_eight_hours() -> None:
    told = explain(Limit(5, ClockKind.WORK_DAYS), CHINA, MONDAY, at("04-14 17:30"))
    assert wording.sentence(told).startswith(
        "Limit 5 working days, used 1 working day 6 h 30 min; 3 working days 1 h 30 min left"
    )


def test_limits_of_every_kind() -> None:
    said = {
        Limit(1, ClockKind.WORK_HOURS): "1 office hour",
        Limit(2, ClockKind.URGENT_HOURS): "2 urgent hours",
        Limit(5, ClockKind.WORK_DAYS): "5 working days",
        Limit(3, ClockKind.CALENDAR_DAYS): "3 calendar days",
        Limit.of_minutes(15, ClockKind.URGENT_HOURS): "15 minutes",
        Limit.of_minutes(15, ClockKind.WORK_HOURS): "15 minutes of office hours",
        Limit.of_minutes(90, ClockKind.WORK_HOURS): "1 office hour 30 minutes",
        Limit.of_minutes(12 * 60, ClockKind.WORK_DAYS): "1 working day 4 h",
    }
    assert {limit: wording.limit_text(limit) for limit in said} == said


def test_span_lines_give_the_wall_clock_of_the_place() -> None:
    pauses = [Pause(at("04-13 10:00"), at("04-13 12:00"), PauseReason.SUSPENDED)]
    told = explain(FOUR_HOURS, CHINA, MONDAY, at("04-13 14:30"), pauses)
    assert [wording.span_line(span, SUZHOU) for span in told.spans] == [
        "2026-04-13 09:00 to 2026-04-13 10:00: Counted, 1 h",
        "2026-04-13 10:00 to 2026-04-13 12:00: Paused (suspended)",
        "2026-04-13 12:00 to 2026-04-13 14:00: Midday break",
        "2026-04-13 14:00 to 2026-04-13 14:30: Counted, 30 minutes",
    ]


def test_every_word_has_its_name() -> None:
    assert all(wording.kind_name(kind) for kind in ClockKind)
    assert all(wording.light_name(shown) for shown in Light)
    assert all(wording.reason_name(reason) for reason in PauseReason)
    assert len({wording.span_name(Span(MONDAY, MONDAY, kind, 0)) for kind in SpanKind}) == len(SpanKind)
