"""Zones of places: what Python and the database call the same thing."""

from zoneinfo import available_timezones

import pytest
from django.db.backends.utils import split_tzname_delta

from shequtong.core.clock import ClockError, zone_named


def test_those_named_by_hours_are_refused_and_no_city_is() -> None:
    """Whatever has a digit that Django would turn round; the rule of the name is checked against Django's own."""
    turned = {name for name in available_timezones() if name.startswith("Etc/") and split_tzname_delta(name)[1]}

    assert "Etc/GMT+10" in turned
    for name in sorted(available_timezones()):
        if name in turned:
            with pytest.raises(ClockError):
                zone_named(name)
        elif not name.startswith("Etc/"):
            assert (zone_named(name).key, split_tzname_delta(name)[1]) == (name, None)


@pytest.mark.parametrize("name", ["", "Asia/Nowhere", "../etc/passwd", "Asia", "Etc/GMT-14", "Etc/GMT+0"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ClockError):
        zone_named(name)
