"""Urging (督办): somebody above asks for a case to move, by level; the clock does it by itself when a case is late."""

from django.db import models

from shequtong.core.locality import Local, LocalForeignKey


class Urge(Local):
    """Level 1 is the precinct office, 2 the subdistrict, 3 the district. Answered by the station that has the case."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="urges")
    level = models.PositiveSmallIntegerField()
    requirement = models.TextField()
    reply_by = models.DateTimeField(null=True)
    automatic = models.BooleanField(default=False)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_urge_level", condition=models.Q(level__gte=1, level__lte=3)),
        ]
