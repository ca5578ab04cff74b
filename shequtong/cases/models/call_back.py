"""A call back (回访): somebody asked the reporter by telephone whether it was solved."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class CallBack(Local):
    """One row a call, reached or not. What the reporter said there counts as an evaluation when they gave one."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="call_backs")
    round = models.PositiveSmallIntegerField()  # reopen_count at the time
    at = models.DateTimeField()
    reached = models.BooleanField()
    solved = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField(null=True)  # 1 (very dissatisfied) .. 5 (very satisfied)
    words = models.TextField(blank=True)
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cases_callback_score", condition=models.Q(score__isnull=True) | models.Q(score__gte=1, score__lte=5)
            )
        ]
        indexes = [models.Index(fields=["subdistrict", "case", "id"], name="cases_callback_case")]
