"""A change of a community's grids (网格调整): what was asked for, then what was carried out, with the borders of both sides."""

from typing import Self

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet


class RegriddingQuerySet(LocalQuerySet["Regridding"]):
    """Start with `within(subdistrict)`."""

    def applied_to(self, community_id: int) -> Self:
        """What was carried out in a community, the latest first."""
        return self.filter(community=community_id, applied_at__isnull=False).order_by("-applied_at", "-id")


class Regridding(Local):
    """`base` says of which grids it was drawn; `drawn` is the division asked for. What follows from it is written when it is applied."""

    community = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")
    base = CodeField(max_length=64)
    drawn = models.JSONField()  # division.Division as it is sent
    leave_gaps = models.BooleanField(default=False)
    reason = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=80)  # who asked, as recorded then
    post = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    undoes = LocalForeignKey("self", models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)  # from which the new borders hold
    result = CodeField(max_length=64, blank=True)  # of which grids one would draw now
    before = models.JSONField(default=list)  # [{id, code, name, boundary}] as they stood
    after = models.JSONField(default=list)
    counts = models.JSONField(default=dict)  # added, ended, renamed, redrawn; buildings, rooms, households that moved
    moved = models.JSONField(default=list)  # [{from, to, buildings: [id]}] by code
    objects = RegriddingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["subdistrict", "community", "applied_at", "id"],
                name="territory_regridding_applied",
                condition=models.Q(applied_at__isnull=False),
            )
        ]
