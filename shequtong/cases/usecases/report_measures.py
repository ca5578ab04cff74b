"""Report measures as done (整改完成): who leads a root-cause project says what was done; from now on 60 days without a new case end it."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import permissions
from shequtong.cases.models import RootProject, RootStep
from shequtong.cases.usecases._roots import LOOKED, standing_root, step, words_of
from shequtong.core.actors import Actor


@transaction.atomic
def report_measures(*, root_id: int, words: str, by: Actor, now: datetime) -> RootProject:
    """What was done; reported once more, the 60 days begin anew. Raises Forbidden, CannotChangeRoot."""
    project = standing_root(root_id, permissions.REPORT_ROOT, by)
    project.measures, project.measures_at, project.look_at = words_of(words), now, now + LOOKED
    project.save(update_fields=["measures", "measures_at", "look_at"])
    step(project, RootStep.Kind.MEASURES, "cases.report_measures", by=by, now=now, note=project.measures)
    return project
