"""Show what a request is about (查看请求内容): the value a correction proposes, or all that is held, to hand it to the person at the window; logged first."""

from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.audit.reveal import REVEALED, CannotReveal, require_shown_lately, reveal, reveal_again
from shequtong.audit.security import note
from shequtong.core.actors import Actor
from shequtong.core.tally import Per, count
from shequtong.people import permissions
from shequtong.people.models import Person, RightsRequest

_COPIED = "people.own.copied"
COPIES_AN_HOUR = 10  # of one account: whole records, handed over one by one


def show_asked(*, request: RightsRequest, by: Actor, now: datetime, again: bool = False) -> str:
    """The JSON that a correction proposes; "" where the whole record may be shown. In no transaction. Raises CannotReveal, Forbidden.

    `again`: the form was sent twice.
    """
    by.require(permissions.ANSWER_RIGHTS, request)
    if request.kind == RightsRequest.Kind.CORRECT:
        what = "people.rights.proposed"
        if again:
            return reveal_again(request.proposed, what=what, thing=request, by=by, now=now)
        return reveal(request.proposed, what=what, thing=request, reason=_("To answer the request"), by=by, now=now)
    if request.kind not in (RightsRequest.Kind.SEE, RightsRequest.Kind.COPY) or request.answered_at is not None:
        raise CannotReveal(_("This request does not ask to see or copy, or has been answered."))
    if again:
        require_shown_lately(what=_COPIED, object_id=request.person_id, by=by, now=now)
        return ""
    if count("regcopy", f"account:{by.account_id}", per=Per.HOUR, now=now) > COPIES_AN_HOUR:
        raise CannotReveal(_("%(n)s whole records an hour at most. Please go on later.") % {"n": COPIES_AN_HOUR})
    note(
        REVEALED,
        what=_COPIED,
        by=by,
        subdistrict_id=request.subdistrict_id,
        object_kind=Person._meta.label,
        object_id=request.person_id,
        reason=_("For the person, who asked for it at the window"),
        facts={"post": by.post[:120]} if by.post else {},
        now=now,
    )
    return ""
