"""What core has the worker do (定时任务): answers of forms that can no longer be repeated, and counts of days gone by, are cleared."""

from datetime import datetime, timedelta

from shequtong.core.jobs import Job
from shequtong.core.submissions import forget_submissions
from shequtong.core.tally import forget_counts


def forget(now: datetime) -> int:
    """Every hour; how many rows went."""
    return forget_submissions(now) + forget_counts(now)


JOBS = (Job("core.forget_old", timedelta(hours=1), forget),)
