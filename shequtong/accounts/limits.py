"""How often somebody may try (次数限制): pure arithmetic of codes asked for and of failures (登录失败处理)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import ngettext

Limit = tuple[int, timedelta]  # how many, in which time
FORGOTTEN_AFTER = timedelta(hours=24)  # failures older than this no longer count


def next_allowed(made: Sequence[datetime], limits: Sequence[Limit], now: datetime) -> datetime | None:
    """When the next may be made after those `made` (any order); None: now."""
    latest_first = sorted(made, reverse=True)
    waits = []
    for count, span in limits:
        within = [at for at in latest_first if at > now - span]
        if len(within) >= count:
            waits.append(within[count - 1] + span)
    return max(waits, default=None)


@dataclass(frozen=True)
class Lock:
    """After `free` failures each further one locks, the first for a minute, every other for twice as long, up to an hour.

    Not for ever: else anybody could shut anybody out by typing wrong passwords.
    """

    free: int
    longest: timedelta = timedelta(hours=1)

    def after(self, failures: int) -> timedelta | None:
        """How long the last of `failures` locks; None: not at all."""
        if failures < self.free:
            return None
        return min(timedelta(minutes=2 ** min(failures - self.free, 10)), self.longest)


LOGIN_LOCK = Lock(free=5)
ADDRESS_LOCK = Lock(free=20)  # an office or a carrier's gateway shares one address


def in_words(wait: timedelta) -> str:
    """How long to wait: seconds under a minute, else whole minutes or hours, rounded up."""
    seconds = max(1, -(-int(wait.total_seconds() * 1000) // 1000))
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    if minutes < 60:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
