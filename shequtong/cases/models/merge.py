"""Merging (并案): a case found to be the same matter as another ends in it; it can be taken apart again."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class Merge(Local):
    """`before` keeps stage, station and clock of the merged case, so that taking it apart puts them back."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="merges")
    into = LocalForeignKey("cases.Case", models.PROTECT, related_name="merged")
    before = models.JSONField(default=dict)
    reason = models.TextField()
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case"], name="cases_merge_in_force_once", condition=models.Q(undone_at__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["subdistrict", "into", "id"], name="cases_merge_into")]
