"""Change who leads a root-cause project (调整牵头单位), and until when."""

from datetime import date, datetime

from django.db import transaction

from shequtong.cases import permissions
from shequtong.cases.models import RootProject, RootStep
from shequtong.cases.usecases._roots import LONGEST_PERSON, leading, standing_root, step, until, words_of
from shequtong.core.actors import Actor


@transaction.atomic
def change_root_lead(
    *, root_id: int, lead: int, target_day: date, reason: str, by: Actor, now: datetime, person: str = ""
) -> RootProject:
    """Another station, person or day, and why. Raises Forbidden, CannotChangeRoot."""
    project = standing_root(root_id, permissions.LEAD_ROOT, by)
    station, words = leading(project.subdistrict_id, lead), words_of(reason)
    former = project.lead_id if project.lead_id != station.id else None
    if target_day != project.target_day:
        project.target_day, project.reminded = until(project.subdistrict_id, target_day, now), False
    project.lead_id, project.person = station.id, person.strip()[:LONGEST_PERSON]
    project.save(update_fields=["lead", "person", "target_day", "reminded"])
    step(project, RootStep.Kind.LEAD, "cases.change_root_lead", by=by, now=now, note=f"{station.name}：{words}", former=former)
    return project
