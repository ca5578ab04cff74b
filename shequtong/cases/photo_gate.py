"""Who sees the photos of a case (案件照片可见范围): staff all within their reach, a reporter those taken before handling.

Those taken after it a reporter sees with the answer, once somebody else has checked that it is fixed; the public sees none.
"""

from django.db.models import F, Q

from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.models.case import REACH
from shequtong.cases.photos import AFTER, BEFORE
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor


def may_see_photo(actor: Actor, case_id: int, label: str) -> bool:
    """Asked by files for each photo: one statement, none for who has no reach at all. `label` is the kind of photo.

    Before it is checked and answered, a photo taken after handling is the office's own: it may show what has to be done again.
    """
    found = Case.objects.filter(pk=case_id)
    if label == BEFORE:
        return found.within_reach(actor, permissions.VIEW).exists()
    reach = actor.reach(permissions.VIEW)
    seen = reach.of_post.condition(REACH)
    if label == AFTER:
        seen |= reach.condition(REACH) & _SHOWN_WITH_ANSWER
    return found.filter(seen).exists()


_ANSWERED = (Stage.CLOSING, Stage.CLOSED)
_SHOWN_WITH_ANSWER = Q(stage__in=_ANSWERED, answered_at__gte=F("handled_at"), answer_waits=False)


def shown_with_answer(case: Case) -> bool:
    """The same of a case at hand: checked, and answered since it was last handled."""
    answered = case.answered_at is not None and case.handled_at is not None and case.answered_at >= case.handled_at
    return case.stage in _ANSWERED and answered and not case.answer_waits
