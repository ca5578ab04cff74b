"""Limits as offices write them: what is read, what is refused and why; nothing typed makes it fall over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shequtong.core.clock import ClockKind, Limit
from shequtong.core.clock.spoken import Spoken, Unclear, spoken, unclear_text

URGENT, HOURS, DAYS, CALENDAR = ClockKind.URGENT_HOURS, ClockKind.WORK_HOURS, ClockKind.WORK_DAYS, ClockKind.CALENDAR_DAYS
UNITS = {URGENT: "紧急工作时", HOURS: "工作时", DAYS: "工作日", CALENDAR: "自然日"}


@pytest.mark.parametrize(
    ("text", "limit", "note"),
    [
        ("2紧急工作时(制止)", Limit(2, URGENT), "制止"),
        ("２紧急工作时（制止）", Limit(2, URGENT), "制止"),
        ("1紧急工作时制止", Limit(1, URGENT), "制止"),
        ("4工作时", Limit(4, HOURS), ""),
        ("1天", Limit(1, DAYS), ""),
        ("2 天", Limit(2, DAYS), ""),
        ("4小时", Limit(4, HOURS), ""),
        ("1紧急工作日", Limit(24, URGENT), ""),
        ("3个工作日内", Limit(3, DAYS), ""),
        ("两个工作日", Limit(2, DAYS), ""),
        ("十五天", Limit(15, DAYS), ""),
        ("半天", Limit(4, HOURS), ""),
        ("1.5天", Limit(12, HOURS), ""),
        ("一天半", Limit(12, HOURS), ""),
        ("0.5自然日", Limit(12, URGENT), ""),
        ("30分钟", Limit.of_minutes(30, HOURS), ""),
        ("限时2天", Limit(2, DAYS), ""),
        ("7自然日", Limit(7, CALENDAR), ""),
        ("2紧急工作时(制止)、3天(拆除)", Limit(3, DAYS), "2紧急工作时，制止，拆除"),
        ("接报后2小时到场，1天修复", Limit(1, DAYS), "2小时到场，修复"),
    ],
)
def test_what_is_read(text: str, limit: Limit, note: str) -> None:
    found = spoken(text)
    assert isinstance(found, Spoken)
    assert (found.limit, found.note) == (limit, note)


def test_a_bare_unit_and_words_before_it_are_said() -> None:
    found = spoken("种植季节15天")
    assert isinstance(found, Spoken)
    assert (found.limit, found.bare, found.only) == (Limit(15, DAYS), True, "种植季节")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Unclear.EMPTY),
        (" 　", Unclear.EMPTY),
        ("立即处置", Unclear.NO_NUMBER),
        ("工作日", Unclear.NO_NUMBER),
        ("2", Unclear.NO_UNIT),
        ("2-3天", Unclear.RANGE),
        ("2～3天", Unclear.RANGE),
        ("2至3天", Unclear.RANGE),
        ("两至三天", Unclear.RANGE),
        ("24小时", Unclear.HOURS_OR_DAYS),
        ("1天(自然日)", Unclear.HOURS_OR_DAYS),
        ("一周内", Unclear.WEEKS_OR_MONTHS),
        ("1个月", Unclear.WEEKS_OR_MONTHS),
        ("0天", Unclear.NOTHING),
        ("4000天", Unclear.TOO_LONG),
        ("天" * 300, Unclear.TOO_LONG),
        ("0.001小时", Unclear.PART_OF_MINUTE),
        ("3天(整改)，2小时(制止)", Unclear.STEPS),
    ],
)
def test_what_is_refused_says_why(text: str, why: Unclear) -> None:
    assert spoken(text) is why
    assert unclear_text(why)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(UNITS)), st.integers(1, 3000), st.sampled_from(["", "个"]), st.sampled_from(["", "(制止)", "（清除）"])
)
def test_what_is_written_plainly_is_read_as_written(kind: ClockKind, amount: int, measure: str, note: str) -> None:
    text = f"{amount}{measure}{UNITS[kind]}{note}"
    found = spoken(text)
    assert isinstance(found, Spoken)
    assert (found.limit, found.bare, found.note) == (Limit(amount, kind), False, note.strip("()（）"))
    wide = spoken(text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}))
    assert wide == found


@settings(max_examples=400, deadline=None)
@given(
    st.text("0123456789.零一二两三十百半个紧急工作时小日天自然分钟内周月年限制止()（），、-~ ", max_size=24)
    | st.text(max_size=30)
)
def test_whatever_is_typed_is_a_limit_or_a_reason(text: str) -> None:
    found = spoken(text)
    if isinstance(found, Unclear):
        assert unclear_text(found)
        return
    assert found.limit.minutes > 0
