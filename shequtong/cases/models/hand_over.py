"""A hand-over (移交): the station that leads offers the case to another, which takes it or refuses with a reason."""

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class HandOver(Local):
    """Until the other station has taken it, the first one leads and its clock runs on; at most one is open."""

    class State(models.TextChoices):
        OFFERED = "offered"
        TAKEN = "taken"
        REFUSED = "refused"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="hand_overs")
    from_station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    to_station = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    reason = models.TextField()
    state = CodeField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.CharField(max_length=80)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "to_station", "state", "offered_at", "id"], name="cases_handover_queue")]
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "case"], name="cases_handover_open_once", condition=Q(state="offered"))
        ]

    def reach_facts(self) -> Facts:
        """Only the station it is offered to answers."""
        return Facts(self.subdistrict_id, stations=frozenset({self.to_station_id}), object_id=self.case_id)
