"""Attach files (关联附件): what a form has made takes up the photos that were uploaded for that form. Traced by the caller's deed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.core.locality import Local
from shequtong.core.refusals import Refusal
from shequtong.files.models import Blob, kind_of


class CannotAttach(Refusal):
    """A photo was not uploaded for this form, is already used, or was cleared away."""


@transaction.atomic
def attach_files(
    *,
    ids: Sequence[int],
    claim: str,
    owner: Local,
    by: Actor,
    now: datetime,
    label: str = "",
    detail_id: int | None = None,
) -> int:
    """Attach the unattached blobs `ids`, uploaded under `claim` in the owner's subdistrict; how many. One statement, which settles them.

    `ids` come from who stored or found them, never from a browser: a row without its bytes is named by nobody.
    `claim` is the form's key, known to its sender alone: it, and no right, is what allows. `label` is the owner's word for them
    (before, after), `detail_id` the part of the owner they came with. Raises CannotAttach unless every one could be attached.
    """
    wanted = set(ids)
    if not wanted:
        return 0
    free = Blob.objects.within(owner.subdistrict_id).filter(pk__in=wanted).attachable(claim) if claim else Blob.objects.none()
    attached = free.update(
        state=Blob.State.STORED, owner_kind=kind_of(owner), owner_id=owner.pk, label=label, detail_id=detail_id
    )
    if attached != len(wanted):
        raise CannotAttach(_("A photo is no longer there or was used already. Please add the photos again."))
    return attached
