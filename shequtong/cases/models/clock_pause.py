"""A pause of the clock (计时暂停): while the case is suspended (挂账) or the reporter is asked (问询反映人)."""

from django.db import models

from shequtong.core.clock import PauseReason
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey

PAUSE_REASONS = [(reason.value, reason.value) for reason in PauseReason]


class ClockPause(Local):
    """From `starts` until `ends`; while it lasts `ends` is NULL and the clock reckons with `planned_end`."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="pauses")
    reason = CodeField(max_length=16, choices=PAUSE_REASONS)
    starts = models.DateTimeField()
    planned_end = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case"], name="cases_clockpause_one_lasts", condition=models.Q(ends__isnull=True)
            ),
            models.CheckConstraint(
                name="cases_clockpause_forward", condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts"))
            ),
        ]
