"""Who sees the photos of a case (案件照片可见范围): staff all within their reach, a reporter those taken before handling."""

from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.photos import BEFORE
from shequtong.core.actors import Actor


def may_see_photo(actor: Actor, case_id: int, label: str) -> bool:
    """Asked by files for each photo: one statement, none for who has no reach at all. `label` is the kind of photo.

    A photo taken after handling may show what is somebody else's; what was done, the reporter reads in the answer.
    """
    found = Case.objects.filter(pk=case_id)
    seen = found.within_reach(actor, permissions.VIEW) if label == BEFORE else found.within_post(actor, permissions.VIEW)
    return seen.exists()
