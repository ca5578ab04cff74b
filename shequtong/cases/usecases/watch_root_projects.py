"""Watch root-cause projects (根治销号与反弹): a day that passed is told, 60 days without a new case end one, a case within 180 days of that end says that it came back.

The batch's rows are locked and what another worker holds is passed over; all of it stands or falls together.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from shequtong.cases.lookups.roots import first_after, told_at
from shequtong.cases.models import NEVER, RootProject, RootStep
from shequtong.cases.roots import WATCHED, came_back, is_met
from shequtong.cases.usecases._roots import LOOKED, OVERDUE, step, tell
from shequtong.core.actors import Actor
from shequtong.figures.write import day_of

BATCH = 50
_LOOKED_AFTER = timedelta(hours=1)  # between two looks at one that ended


@transaction.atomic
def watch_root_projects(*, subdistrict_id: int, by: Actor, now: datetime, batch: int = BATCH) -> int:
    """Look at up to `batch` projects of a subdistrict; how many, 0 when none is due. Raises nothing."""
    due = RootProject.objects.filter(subdistrict=subdistrict_id, look_at__lte=now).order_by("look_at", "id")
    projects = list(due.select_for_update(skip_locked=True)[:batch])
    for project in projects:
        if project.ended_at is None:
            _stands(project, by, now)
        else:
            _watched(project, project.ended_at, by, now)
    return len(projects)


def _stands(project: RootProject, by: Actor, now: datetime) -> None:
    told = told_at(project.subdistrict_id, project.case_class_id, project.place, project.opened_at)
    project.last_case_at, project.look_at = told.aggregate(last=Max("received_at"))["last"], now + LOOKED
    met = is_met(project.measures_at, project.last_case_at, now)
    if met:
        project.ended_at, project.ended_as, project.look_at = now, RootProject.End.MET, now + _LOOKED_AFTER
    late = project.measures_at is None and not project.reminded and day_of(project.subdistrict_id, now) > project.target_day
    project.reminded |= late
    project.save(update_fields=["last_case_at", "look_at", "ended_at", "ended_as", "reminded"])
    if late:
        tell(project, OVERDUE, by=by, now=now)
    if met:
        step(project, RootStep.Kind.MET, "cases.root_project_met", by=by, now=now)


def _watched(project: RootProject, ended_at: datetime, by: Actor, now: datetime) -> None:
    first = first_after(project, ended_at)
    project.look_at = now + _LOOKED_AFTER if now < ended_at + WATCHED else NEVER
    if first is None or not came_back(ended_at, first[0]):
        project.save(update_fields=["look_at"])
        return
    project.came_back_at, project.look_at = first[0], NEVER
    project.save(update_fields=["came_back_at", "look_at"])
    step(project, RootStep.Kind.CAME_BACK, "cases.root_project_came_back", by=by, now=now, note=first[1])
