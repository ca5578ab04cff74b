"""Folded counts (汇总): one row per measure, day, place, station, stage and class."""

from django.db import models

from shequtong.figures.models.delta import Counted


class Total(Counted):
    """The sum of the deltas folded so far; readers add those that are not. Each key also has a row of the day EVER: all days together."""

    class Meta:
        constraints = [
            # Also the readers' index: one measure, then EVER or a range of days, then a range of paths.
            models.UniqueConstraint(
                fields=["subdistrict", "measure", "day", "unit_path", "station_id", "stage", "class_code"],
                name="figures_total_key",
            )
        ]
