"""Add an internal note (内部备注): staff's own words beside a case; those it names are told. It moves nothing and stops no clock."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.events import NoteAdded
from shequtong.cases.models import Case, Note
from shequtong.cases.usecases._discretion import discreet
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.refusals import Forbidden, Refusal

LONGEST, MOST_NAMED = 1000, 20


class CannotNote(Refusal):
    """No words, too many, or too many people named."""


@transaction.atomic
def add_note(*, number: str, text: str, by: Actor, now: datetime, mentions: Sequence[int] = ()) -> Note:
    """Write a note; `mentions` are account ids of staff. Raises Forbidden, CannotNote."""
    case = Case.objects.numbered(number).select_related("reporter").select_for_update(of=("self",)).first()
    if case is None:
        raise Forbidden(permissions.NOTE, "Case")
    by.require(permissions.NOTE, case)
    words, named = discreet(case, text.strip(), by), tuple(dict.fromkeys(mentions))
    if not words or len(words) > LONGEST:
        raise CannotNote(_("Please write 1 to %(most)d characters.") % {"most": LONGEST})
    if len(named) > MOST_NAMED:
        raise CannotNote(_("At most %(most)d people can be named in a note.") % {"most": MOST_NAMED})
    note = Note.objects.create(
        subdistrict_id=case.subdistrict_id,
        case=case,
        text=words,
        mentions=list(named),
        at=now,
        account_id=by.account_id,
        actor=by.name,
        post=by.post,
    )
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(note_count=F("note_count") + 1)
    log.record("cases.noted", case, by=by, at=now, note=note.pk, named=len(named))
    publish(
        NoteAdded(
            case_id=case.pk,
            subdistrict_id=case.subdistrict_id,
            number=case.number,
            class_code=catalogue().classes[case.case_class_id].code,
            note_id=note.pk,
            actor=by.name,
            mentions=named,
            follow_count=case.follow_count,
            by_account_id=by.account_id,
            at=now,
        )
    )
    return note
