"""A sub-task of an assisting station (协办), with a clock of its own."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Assistance(Local):
    """Asked by the lead station or with the dispatch; taken or declined, then answered. The case cannot be handled while one is open."""

    class State(models.TextChoices):
        ASKED = "asked"
        TAKEN = "taken"
        DONE = "done"
        DECLINED = "declined"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="assistances")
    station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    task = models.TextField()
    state = CodeField(max_length=10, choices=State, default=State.ASKED)
    is_open = models.BooleanField(default=True)  # asked or taken
    asked_at = models.DateTimeField()
    amber_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "station", "is_open", "due_at", "id"], name="cases_assistance_waits")]
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case", "station"], name="cases_assistance_one_open", condition=models.Q(is_open=True)
            )
        ]

    def reach_facts(self) -> Facts:
        """Only the asked station answers; the case's territory is known by its subdistrict."""
        return Facts(self.subdistrict_id, stations=frozenset({self.station_id}), object_id=self.case_id)
