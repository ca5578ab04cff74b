"""What a member of staff took in (首接): its header stays open to them, wherever it lies (decision 0015)."""

from django.db.models import Exists, OuterRef, QuerySet

from shequtong.cases import permissions
from shequtong.cases.models import Case, Step
from shequtong.cases.models.case import CaseQuerySet
from shequtong.core.actors import Actor


def with_header(rows: CaseQuerySet, actor: Actor) -> QuerySet[Case]:
    """Those of `rows` whose header the actor sees: within the reach of the post, or taken in by themselves. No statement."""
    return rows.within_post(actor, permissions.VIEW_HEADER) | taken_in(rows, actor)


def taken_in(rows: CaseQuerySet, actor: Actor) -> CaseQuerySet:
    """Those of `rows` that the actor took in as staff. No statement."""
    if actor.account_id is None:
        return rows.none()
    steps = Step.objects.filter(case=OuterRef("pk"), move="intake", account_id=actor.account_id).exclude(post="")
    return rows.filter(Exists(steps))
