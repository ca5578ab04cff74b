"""The flow of a subdistrict as data (流程配置): who does which function, what is skipped, what must come with it, how long is waited."""

from django.db import models

from shequtong.core.locality import Shared


class Flow(Shared):
    """One published version; the newest of a subdistrict holds. `rules` are read by cases/flow.py, which also says what they mean."""

    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    rules = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "version"], name="cases_flow_version")]
