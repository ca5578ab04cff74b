"""Who sees the photos of a case (案件照片可见范围): staff all within their reach, a reporter those taken before handling."""

from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.models.case import REACH
from shequtong.cases.photos import BEFORE
from shequtong.core.actors import Actor


def may_see_photo(actor: Actor, case_id: int, label: str) -> bool:
    """Asked by files for each photo: one statement, none for who has no reach at all. `label` is the kind of photo.

    A photo taken after handling may show what is somebody else's; what was done, the reporter reads in the answer.
    """
    reach = actor.reach(permissions.VIEW)
    if label != BEFORE:
        reach = reach.of_post
    if not (reach.everything or reach.grants or reach.held or reach.own_account is not None):
        return False
    return Case.objects.filter(pk=case_id).filter(reach.condition(REACH)).exists()
