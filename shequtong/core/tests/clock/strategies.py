"""Made-up calendars, starts and pauses around holidays, New Year and the nights on which summer time comes and goes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from shequtong.core.clock import ClockKind, Pause
from shequtong.core.tests.clock.reference import Plan, RawPause

ZONES = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]
DAYS = [  # the day before something happens
    date(2025, 12, 30),
    date(2026, 2, 27),
    date(2026, 3, 7),  # New York +1 h on the 8th
    date(2026, 3, 28),  # Berlin +1 h on the 29th; seasons change on 1 April
    date(2026, 4, 4),  # Lord Howe -30 min on the 5th
    date(2026, 9, 29),
    date(2026, 10, 3),  # Lord Howe +30 min on the 4th
    date(2026, 10, 24),  # Berlin -1 h on the 25th
    date(2026, 10, 31),  # New York -1 h on 1 November
]
# No office opens or closes inside the hours that summer time skips or repeats; windows may lie across them.
EDGES = [0, *range(240, 1441, 15)]

kinds = st.sampled_from(ClockKind)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    def week() -> tuple[tuple[tuple[int, int], ...], ...]:
        days = [draw(_day) for _ in range(7)]
        return tuple(days) if any(days) else (((480, 720), (840, 1080)),) * 5 + ((), ())

    middle = draw(st.sampled_from(DAYS))
    near = st.integers(-5, 25).map(lambda n: middle + timedelta(days=n))
    holidays = draw(st.frozensets(near, max_size=8))
    makeup_days = draw(st.frozensets(near, max_size=4)) - holidays
    return Plan(draw(st.sampled_from(ZONES)), week(), week(), holidays, makeup_days)


@st.composite
def starts(draw: st.DrawFn) -> datetime:
    day = draw(st.sampled_from(DAYS))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=draw(st.integers(-1440, 3 * 1440)))


@st.composite
def pauses_around(draw: st.DrawFn, start: datetime) -> list[RawPause]:
    moments = st.integers(-1440, 5 * 1440)
    pairs = draw(st.lists(st.tuples(moments, st.integers(0, 2 * 1440)), max_size=4))
    return [(start + timedelta(minutes=a), start + timedelta(minutes=a + length)) for a, length in pairs]


def as_pauses(raw: list[RawPause]) -> list[Pause]:
    return [Pause(begins, ends) for begins, ends in raw]


@st.composite
def _windows(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.lists(st.sampled_from(EDGES), min_size=2, max_size=6, unique=True)))
    return tuple(zip(edges[0::2], edges[1::2], strict=False))


_day = st.one_of(st.just(()), st.just(((480, 720), (840, 1080))), _windows())
