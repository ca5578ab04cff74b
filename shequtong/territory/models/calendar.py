"""Work calendars (工作日历): office hours by season, holidays and make-up workdays as published, and which years are known."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import INSTALLATION, Shared


class WorkCalendar(Shared):
    """Used by a unit and all below it that have none of their own."""

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    zone = CodeField(max_length=40, default="Asia/Shanghai")

    def reach_facts(self) -> Facts:
        """A calendar is the installation's: many places may count by it."""
        return Facts(INSTALLATION, object_id=self.pk)


class OfficeHours(Shared):
    """One span of work on some weekdays of a season. `season_from`/`season_to` are MM-DD, both included."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="hours")
    season_from = CodeField(max_length=5, default="01-01")
    season_to = CodeField(max_length=5, default="12-31")
    weekdays = CodeField(max_length=7, default="12345")  # ISO weekdays
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="territory_officehours_span", condition=models.Q(closes__gt=models.F("opens")))
        ]


class CalendarDay(Shared):
    """A day that differs from its weekday: a statutory holiday (法定节假日) or a make-up workday (调休)."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday"
        WORKDAY = "workday"

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = CodeField(max_length=10, choices=Kind)
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="territory_calendarday_day")]


class CalendarYear(Shared):
    """A year whose official notice is in the table; clocks that reach into another year say that it is not."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="territory_calendaryear_year")]
