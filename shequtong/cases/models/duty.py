"""The duty list (责任清单): which agency leads and which assist for a class, and on what basis."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class Duty(Shared):
    """One agency's part in one class."""

    class Part(models.TextChoices):
        LEAD = "lead"
        ASSIST = "assist"

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="duties")
    agency = models.ForeignKey("organizations.Agency", models.PROTECT, related_name="+")
    part = CodeField(max_length=10, choices=Part)
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_class", "agency"], name="cases_duty_agency"),
            models.UniqueConstraint(fields=["case_class"], name="cases_duty_one_lead", condition=models.Q(part="lead")),
        ]
