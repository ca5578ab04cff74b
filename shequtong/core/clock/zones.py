"""The time zones a place may have (时区): those named by a city."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shequtong.core.clock.terms import ClockError


def zone_named(name: str) -> ZoneInfo:
    """The zone called so; ClockError when there is none, or when it is named by hours.

    Django takes the hours of `Etc/GMT+10` for an offset to be turned round and tells the database the opposite (its
    `split_tzname_delta`): days would be counted by one clock as things happen and by another when they are proven.
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ClockError(f"There is no time zone {name}.") from error
    if name.startswith("Etc/GMT") and name[-1].isdigit():
        raise ClockError(f"The zone {name} is named by hours, not by a city.")
    return zone
