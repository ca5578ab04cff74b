"""A sub-task of an assisting station (协办), with a clock of its own."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Assistance(Local):
    """Asked by the lead station; answered as done or declined. The case cannot be handled while one is open."""

    class State(models.TextChoices):
        ASKED = "asked"
        DONE = "done"
        DECLINED = "declined"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="assistances")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    task = models.TextField()
    state = CodeField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    amber_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "station", "state", "due_at", "id"], name="cases_assistance_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case", "station"], name="cases_assistance_open_once", condition=models.Q(state="asked")
            )
        ]

    def reach_facts(self) -> Facts:
        """Only the asked station answers; the case's territory is known by its subdistrict."""
        return Facts(self.subdistrict_id, stations=frozenset({self.station_id}), object_id=self.case_id)
