"""A mark made before the row is written is the mark of the row as either engine gives it back."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shequtong.audit.log import record
from shequtong.audit.marks import mac, mark_of
from shequtong.audit.models import Entry, Seal
from shequtong.audit.testing import CLERK, make_street

# PostgreSQL stores no NUL in a text; lone surrogates are no text at all.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  # given their zone here
    lambda at: at.replace(tzinfo=timezone(timedelta(hours=8)))
)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.dictionaries(st.sampled_from(["stage", "n", "of"]), values), at=times)
def test_a_row_bears_its_mark_after_it_was_read_back(facts: dict[str, Any], at: datetime) -> None:
    make_street()
    entry = record("cases.closed", Seal(id=(7 << 46) + 1, subdistrict_id=7), by=CLERK, at=at, **facts)
    again = Entry.objects.get(pk=entry.pk)
    assert again.mark == entry.mark == mark_of(again)


def test_a_mark_of_one_kind_does_not_pass_as_another() -> None:
    assert mac("audit seal", {"n": 1}) != mac("audit head", {"n": 1})


def test_what_json_cannot_say_is_refused() -> None:
    for wrong in (object(), {1, 2}, float("nan"), float("inf")):
        with pytest.raises(ValueError):
            mac("audit seal", {"n": wrong})


def test_the_same_instant_in_two_zones_is_the_same() -> None:
    noon = datetime(2026, 4, 13, 12, tzinfo=timezone(timedelta(hours=8)))
    assert mac("x", {"at": noon}) == mac("x", {"at": noon.astimezone(UTC)})
