"""What a unit was called, where it hung and how it was bounded, from day to day (辖区沿革)."""

from django.db import models

from shequtong.core.locality import Shared


class UnitVersion(Shared):
    """Valid in [valid_from, valid_to); a unit formed and ended on one day was valid on none. The boundary is a GeoJSON geometry, lon/lat in CGCS2000 (shown as WGS-84)."""

    unit = models.ForeignKey("territory.Unit", models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("territory.Unit", models.PROTECT, null=True, related_name="+")
    boundary = models.JSONField(null=True)
    source_crs = models.CharField(max_length=20, default="cgcs2000")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="territory_unitversion_day"),
            models.UniqueConstraint(
                fields=["unit"], name="territory_unitversion_current", condition=models.Q(valid_to__isnull=True)
            ),
            models.CheckConstraint(
                name="territory_unitversion_span",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]
