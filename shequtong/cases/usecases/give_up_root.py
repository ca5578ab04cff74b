"""Give a root-cause project up (终止根治项目): it ends without the test, with a reason that stays with it."""

from datetime import datetime

from django.db import transaction

from shequtong.cases import permissions
from shequtong.cases.models import NEVER, RootProject, RootStep
from shequtong.cases.usecases._roots import standing_root, step, words_of
from shequtong.core.actors import Actor


@transaction.atomic
def give_up_root(*, root_id: int, reason: str, by: Actor, now: datetime) -> RootProject:
    """End it without result. Raises Forbidden, CannotChangeRoot."""
    project = standing_root(root_id, permissions.LEAD_ROOT, by)
    words = words_of(reason)
    project.ended_at, project.ended_as, project.look_at = now, RootProject.End.GIVEN_UP, NEVER
    project.save(update_fields=["ended_at", "ended_as", "look_at"])
    step(project, RootStep.Kind.GIVEN_UP, "cases.give_up_root", by=by, now=now, note=words)
    return project
