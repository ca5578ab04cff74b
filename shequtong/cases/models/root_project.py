"""A root-cause project (根治项目): what comes back at one place again and again is given to a station to be cured, with an end test."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shequtong.cases.models.case import NEVER
from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet


def _led(_subdistrict: int, station: int) -> Q:
    """A station's are those it leads."""
    return Q(lead=station)


REACH = ReachColumns(path="place_path", party=_led)


class RootProjectQuerySet(LocalQuerySet["RootProject"]):
    """Projects by place, or by who leads them."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Those of the ground the post in use sees whole, or of its station."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(ended_at__isnull=True)


class RecurrenceQuerySet(LocalQuerySet["Recurrence"]):
    """Suggestions by place."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Those of the ground the post in use sees whole: no station's."""
        return self.filter(
            actor.reach(permission).of_post.condition(ReachColumns("place_path", lambda _place, _station: Q(pk__in=[])))
        )


class RootProject(Local):
    """One standing project a class and place; rules: `cases/roots.py`. What the worker last knew of its cases stands in the row."""

    class End(models.TextChoices):
        MET = "met", pgettext_lazy("root project", "Cured")  # 已销号
        GIVEN_UP = "given_up", pgettext_lazy("root project", "Ended without result")  # 终止

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="+")
    place = CodeField(max_length=140)  # as `lookups/told_lately.py` writes it
    place_path = CodeField(max_length=120)  # of the unit it lies in
    place_name = models.CharField(max_length=120)
    title = models.CharField(max_length=80)
    plan = models.TextField()  # what is to be done
    lead = models.ForeignKey("organizations.Station", models.PROTECT, related_name="+")
    person = models.CharField(max_length=40, blank=True)  # who answers for it there
    target_day = models.DateField()  # until when it is to be done
    reminded = models.BooleanField(default=False)  # that this day has passed
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    opened_account_id = models.BigIntegerField(null=True)
    measures = models.TextField(blank=True)  # what was done, as reported last
    measures_at = models.DateTimeField(null=True)
    last_case_at = models.DateTimeField(null=True)  # as of the last look
    look_at = models.DateTimeField(default=NEVER)  # when the worker looks next
    ended_at = models.DateTimeField(null=True)
    ended_as = CodeField(max_length=10, choices=End, blank=True)
    came_back_at = models.DateTimeField(null=True)  # the first case after the end, within the time it is watched
    objects = RootProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "case_class", "place"], name="cases_rootproject_one", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="cases_rootproject_ended",
                condition=Q(ended_at__isnull=True, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
            ),
        ]
        indexes = [
            models.Index(fields=["subdistrict", "opened_at", "id", "ended_at", "place_path"], name="cases_rootproject_opened"),
            models.Index(fields=["subdistrict", "look_at", "id"], name="cases_rootproject_look"),
        ]

    def reach_facts(self) -> Facts:
        """Where it lies and who leads it."""
        return Facts(self.subdistrict_id, self.place_path, frozenset({self.lead_id}), object_id=self.pk)


class Recurrence(Local):
    """A class that was closed again and again at a place (反复多发): found by the worker, offered to who may open a project."""

    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="+")
    place = CodeField(max_length=140)
    place_path = CodeField(max_length=120)
    place_name = models.CharField(max_length=120)
    closed = models.PositiveIntegerField()  # in 180 days
    last = LocalForeignKey("cases.Case", models.CASCADE, related_name="+")
    objects = RecurrenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case_class", "place"], name="cases_recurrence_one")]

    def reach_facts(self) -> Facts:
        """Where it lies."""
        return Facts(self.subdistrict_id, self.place_path, object_id=self.pk)


class RootStep(Local):
    """What happened to a project, in order."""

    class Kind(models.TextChoices):
        OPENED = "opened", pgettext_lazy("root project", "Opened")  # 立项
        LEAD = "lead", pgettext_lazy("root project", "Lead changed")  # 调整牵头单位
        MEASURES = "measures", pgettext_lazy("root project", "Measures reported as done")  # 整改完成
        GIVEN_UP = "given_up", pgettext_lazy("root project", "Ended without result")  # 终止
        MET = "met", pgettext_lazy("root project", "Cured: 60 days without a new case")  # 销号
        CAME_BACK = "came_back", pgettext_lazy("root project", "It came back")  # 反弹

    project = LocalForeignKey(RootProject, models.PROTECT, related_name="steps")
    kind = CodeField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
