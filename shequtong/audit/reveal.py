"""Reveal (查看明文): a sealed value shown to a person, who says why; the log holds it before the text is known."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shequtong.audit.models import SecurityEvent
from shequtong.audit.security import in_transaction, note_within, row_of
from shequtong.core.actors import Actor
from shequtong.core.locality import INSTALLATION, part_of
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import Sealed, hash_of
from shequtong.core.turns import take_turn

SHORTEST_REASON = 4  # characters
REVEALS_AN_HOUR = 60
STILL_SHOWN = timedelta(minutes=2)  # for which a page that was lost on its way may be asked for again
# Counted at one place for the whole installation: who may look in several subdistricts has no more than who may look in one.
_COUNTED = "reveal_counted"
REVEALED = "revealed"


class CannotReveal(Refusal):
    """No reason, too many in this hour, or nobody who could answer for it."""


def reveal(sealed: Sealed, *, what: str, thing: models.Model, reason: str, by: Actor, now: datetime) -> str:
    """The plain text of `sealed`, a column of `thing`; `what` names it, e.g. "cases.reporter.phone".

    The caller has asked `by.require` before and is in no transaction: the security row is committed before the text is opened.
    Raises CannotReveal, and SealError when the value does not open. Two statements, and on PostgreSQL the turn before them.
    """
    _noted(
        what,
        reason,
        by,
        now,
        subdistrict_id=part_of(thing.pk),
        object_kind=thing._meta.label,
        object_id=thing.pk,
        facts=_post(by),
    )
    return sealed.reveal()


def look_up(known: str, *, what: str, place: int, reason: str, by: Actor, now: datetime) -> None:
    """Note that somebody looks in `place` for what belongs to a protected value they know, e.g. a telephone; `what` names it.

    As for `reveal`: the caller has asked before and is in no transaction, and both count against one limit. The row keeps a keyed hash of
    the value. Raises CannotReveal. Two statements, and on PostgreSQL the turn before them.
    """
    _noted(what, reason, by, now, subdistrict_id=place, facts={**_of(known, what), **_post(by)})


def look_up_again(known: str, *, what: str, place: int, by: Actor, now: datetime) -> None:
    """The same for a form that was sent twice: under the row of the first look for this very value. Raises CannotReveal. One statement."""
    looks = SecurityEvent.objects.filter(subdistrict=place, **known_as(what, known))
    _require_lately(looks, by, now)


def known_as(what: str, known: str) -> dict[str, str]:
    """How the looks for this very value are found in the log."""
    return {"what": what, "facts__of": _of(known, what)["of"]}


def _of(known: str, what: str) -> dict[str, str]:
    return {"of": hash_of(f"look.{what}", known)[-32:]}


def _post(by: Actor) -> dict[str, str]:
    """What the person whose value it is may read of who looked."""
    return {"post": by.post[:120]} if by.post else {}


def _noted(what: str, reason: str, by: Actor, now: datetime, **look: Any) -> None:
    """Count one look more and note it, both or neither; `look` is the rest of its row. Raises CannotReveal."""
    reason = reason.strip()
    if by.account_id is None:
        raise CannotReveal(_("Please sign in first."))
    if len(reason) < SHORTEST_REASON or len(set(reason)) < 2:
        raise CannotReveal(_("Please say in a few words why you need to see this."))
    if in_transaction():
        raise RuntimeError("reveal() inside a transaction: a rollback could follow when the text is already known")
    counted = SecurityEvent.objects.filter(
        subdistrict=INSTALLATION, account_id=by.account_id, kind=_COUNTED, at__gt=now - timedelta(hours=1)
    )
    with transaction.atomic():  # by itself: it is committed, and the next may count, before anything is opened
        take_turn("reveal", by.account_id)  # else two at once both find room for one more
        if len(counted.values_list("id")[:REVEALS_AN_HOUR]) >= REVEALS_AN_HOUR:
            raise CannotReveal(
                _("You have looked at %(count)s protected values within an hour. Please go on later.")
                % {"count": REVEALS_AN_HOUR}
            )
        note_within(
            row_of(_COUNTED, what=what, by=by, now=now), row_of(REVEALED, what=what, by=by, reason=reason, now=now, **look)
        )


def reveal_again(sealed: Sealed, *, what: str, thing: models.Model, by: Actor, now: datetime) -> str:
    """The plain text once more, for a form that was sent twice: under the row of the first look, if that was a moment ago.

    The caller has asked `by.require` before. Raises CannotReveal when this actor has not lately opened it. One statement.
    """
    require_shown_lately(what=what, object_id=thing.pk, by=by, now=now)
    return sealed.reveal()


def require_shown_lately(*, what: str, object_id: int, by: Actor, now: datetime) -> None:
    """For a page of several values that was sent twice. Raises CannotReveal unless this actor opened it a moment ago. One statement."""
    _require_lately(SecurityEvent.objects.filter(subdistrict=part_of(object_id), what=what, object_id=object_id), by, now)


def _require_lately(looks: QuerySet[SecurityEvent], by: Actor, now: datetime) -> None:
    lately = looks.filter(account_id=by.account_id, kind=REVEALED, at__gt=now - STILL_SHOWN)
    if by.account_id is None or not lately.exists():
        raise CannotReveal(_("This was shown before. Please say again why you need to see it."))
