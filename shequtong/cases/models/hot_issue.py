"""A hot issue (热点问题): what is told at one place far more often of late than chance explains; computed by the worker, read by pages."""

from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet


def _no_station(_subdistrict: int, _station: int) -> Q:
    """An issue is a place's, no station's."""
    return Q(pk__in=[])


REACH = ReachColumns(path="place_path", party=_no_station)


class HotIssueQuerySet(LocalQuerySet["HotIssue"]):
    """Issues by place."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Those of the ground the post in use sees whole."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def standing(self) -> Self:
        """Found by the last computation, the least likely first."""
        return self.filter(ended_at__isnull=True).order_by("chance", "id")


class HotIssue(Local):
    """`recent` cases in the last `days`, of which `expected` were to be expected; `before` in the rest of the ten weeks. Rules: `cases/hot.py`."""

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="+")
    place = CodeField(max_length=140)  # as `lookups/told_lately.py` writes it
    place_path = CodeField(max_length=120)  # of the unit it lies in
    place_name = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField()
    recent = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    expected = models.FloatField()
    chance = models.FloatField()
    found_at = models.DateTimeField()  # the first time
    ended_at = models.DateTimeField(null=True)  # it was not found any more
    objects = HotIssueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "ended_at", "chance", "id"], name="cases_hotissue_standing")]

    def reach_facts(self) -> Facts:
        """Where it lies."""
        return Facts(self.subdistrict_id, self.place_path, object_id=self.pk)


class HotIssueCase(Local):
    """A case of a hot issue, in its window."""

    issue = LocalForeignKey("cases.HotIssue", models.CASCADE, related_name="cases")
    case = LocalForeignKey("cases.Case", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "issue", "case"], name="cases_hotissuecase_once")]


class HotLook(Local):
    """When a subdistrict was looked at last; claimed by a conditional update, so that two workers never look at once."""

    looked_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)  # when what comes back was counted last (usecases/find_recurrences.py)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict"], name="cases_hotlook_one")]
