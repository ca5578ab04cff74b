"""Folded counts (汇总): one row per measure, day, place, station, stage and class."""

from django.db import models

from shequtong.figures.models.delta import Counted


class Total(Counted):
    """The sum of the deltas folded so far; readers add those that are not."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "measure", "day", "unit_path", "station_id", "stage", "class_code"],
                name="figures_total_key",
            )
        ]
        indexes = [models.Index(fields=["subdistrict", "measure", "unit_path", "day"], name="figures_total_read")]
