"""Who else met the matter (我也遇到了): further reporters of one case, told of its outcome like the first."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class Joined(Local):
    """By the resident's own press, or because their case was merged (`from_case`); it ends when that is undone."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="joined")
    reporter = LocalForeignKey("cases.Reporter", models.PROTECT, related_name="joined")
    account_id = models.BigIntegerField(null=True)
    from_case = LocalForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case", "reporter"], name="cases_joined_once", condition=models.Q(ended_at__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["account_id"], name="cases_joined_account")]
