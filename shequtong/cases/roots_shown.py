"""How a root-cause project is shown (根治项目展示): its state in words and shape, how long it still takes."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import RootProject
from shequtong.cases.roots import end_test
from shequtong.cases.shown import Badge, class_name, station_name
from shequtong.figures.write import day_of
from shequtong.organizations.stations import directory

STATE_WORDS = {  # of a list and of what is chosen from it
    "": pgettext_lazy("root project", "Standing"),
    "working": pgettext_lazy("root project", "Measures under way"),
    "watching": pgettext_lazy("root project", "60 days running"),
    "met": pgettext_lazy("root project", "Cured"),
    "back": pgettext_lazy("root project", "Came back"),
    "given_up": pgettext_lazy("root project", "Ended without result"),
    "all": pgettext_lazy("root project", "All"),
}


def root_shown(project: RootProject, now: datetime, last_case_at: datetime | None = None) -> dict[str, Any]:
    """A row: what, where, who leads it, how far it is. No statement."""
    lead = directory().by_id[project.lead_id]
    test = end_test(project.measures_at, last_case_at or project.last_case_at, now)
    return {
        "root": project,
        "url": reverse("cases:desk-root", args=[project.pk]),
        "class_name": class_name(catalogue().classes[project.case_class_id]),
        "lead_name": station_name(lead),
        "test": test,
        "late": project.measures_at is None
        and project.ended_at is None
        and day_of(project.subdistrict_id, now) > project.target_day,
        "badge": root_badge(project),
        "left": ngettext("%(n)d day left", "%(n)d days left", test.days_left) % {"n": test.days_left},
    }


def root_badge(project: RootProject) -> Badge:
    """Its state in words and shape."""
    if project.came_back_at is not None:
        return Badge(pgettext("root project", "Came back"), "diamond", "bad")
    if project.ended_as == RootProject.End.MET:
        return Badge(pgettext("root project", "Cured"), "check", "good")
    if project.ended_as:
        return Badge(pgettext("root project", "Ended without result"), "cross", "quiet")
    if project.measures_at is None:
        return Badge(pgettext("root project", "Measures under way"), "half", "info")
    return Badge(pgettext("root project", "60 days running"), "square", "warn")


def moved_at(project: RootProject) -> datetime:
    """Since when its state is what it is."""
    return project.came_back_at or project.ended_at or project.measures_at or project.opened_at
