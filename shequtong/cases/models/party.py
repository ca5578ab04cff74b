"""A station's part in a case (承办关系): it leads, assists, or once did."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Party(Local):
    """One row per case and station; it lasts, because who once had a case may look at it again."""

    class Part(models.TextChoices):
        LEAD = "lead"
        ASSIST = "assist"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="parties")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    part = CodeField(max_length=10, choices=Part)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case", "station"], name="cases_party_station")]
        indexes = [models.Index(fields=["subdistrict", "station", "case"], name="cases_party_cases")]
