"""Work of this area that nobody asks for (定时任务)."""

from datetime import datetime, timedelta

from shequtong.accounts.usecases.sessions import forget_old
from shequtong.core.jobs import Job


def forget(now: datetime) -> int:
    """Every hour: sessions, codes and counts that are no longer needed; how many rows went."""
    return forget_old(now=now)


JOBS = (Job("accounts.forget_old", timedelta(hours=1), forget),)
