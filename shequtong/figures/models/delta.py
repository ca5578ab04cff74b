"""A signed change of one count (增量), written with the change itself."""

from datetime import date

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local

# The day under which `Total` keeps the sum over all days, so that "how many are open now" reads few rows however old the platform is.
EVER = date(1900, 1, 1)


class Counted(Local):
    """What a count is about: measure, day, place, station, stage, class. Places and stations are bare codes and ids (lower layer)."""

    measure = CodeField(max_length=40)
    day = models.DateField()  # a day of the subdistrict's zone
    unit_path = CodeField(max_length=120, default="")
    station_id = models.BigIntegerField(default=0)  # 0: none
    stage = CodeField(max_length=20, default="")
    class_code = CodeField(max_length=20, default="")
    n = models.BigIntegerField()

    class Meta:
        abstract = True


class Delta(Counted):
    """Not folded yet. The worker adds it to `Total` and deletes it, in one transaction."""
