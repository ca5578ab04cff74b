"""A step of a case (办理轨迹): append-only, one row per move, with who, why and what stood before and after."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Step(Local):
    """`number` counts from 1 within the case. Notes are staff's words or the reporter's; they are never public by themselves."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    move = CodeField(max_length=20)
    from_stage = CodeField(max_length=20, blank=True)
    to_stage = CodeField(max_length=20)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    station = models.ForeignKey("organizations.Station", models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)  # what changed: {"field": [before, after]}, never a person's data in clear
    due_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)  # the stage that ended here was past its limit

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case", "number"], name="cases_step_number")]
        # What happened on a day: the records behind a figure of moves.
        indexes = [models.Index(fields=["subdistrict", "move", "at", "id"], name="cases_step_move_day")]
