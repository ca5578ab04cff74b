"""Seal (封存): take the entries of one subdistrict that stand outside the chain into it, as one batch."""

import logging
from datetime import datetime

from django.db import transaction

from shequtong.audit import heads
from shequtong.audit.marks import mark_of, same
from shequtong.audit.models import Entry, Seal
from shequtong.audit.sealing import digest_of, mac_of
from shequtong.audit.security import note

logger = logging.getLogger(__name__)
BATCH = 200


@transaction.atomic
def seal_entries(*, subdistrict_id: int, now: datetime, limit: int = BATCH) -> int:
    """Chain up to `limit` new entries, by id, and export the head after the commit; how many.

    Entries become visible out of the order of their ids: a late one comes in a later batch. When another worker took the same number,
    IntegrityError: nothing was done here, and what it did is right.
    """
    end = Seal.objects.filter(subdistrict=subdistrict_id).order_by("-number").first()
    entries = list(Entry.objects.filter(subdistrict=subdistrict_id, position=None).order_by("id")[:limit])
    if not entries:
        return 0
    first = end.last + 1 if end else 1
    seal = Seal(
        subdistrict_id=subdistrict_id,
        number=end.number + 1 if end else 1,
        first=first,
        last=first + len(entries) - 1,
        ids=[entry.id for entry in entries],
        digest=digest_of(entry.mark for entry in entries),
        previous=end.mac if end else "",
        at=now,
    )
    seal.mac = mac_of(seal)
    # The number is taken before any entry is touched: of two workers, one waits here and then fails whole.
    seal.save(force_insert=True)
    for position, entry in enumerate(entries, start=first):
        entry.position, entry.seal_id = position, seal.id
        if not same(entry.mark, mark_of(entry)):
            logger.error("audit entry %s does not bear its mark: it was changed or put in by hand", entry.id)
            note("log_broken", what="audit.Entry", subdistrict_id=subdistrict_id, object_kind="audit.Entry", object_id=entry.id)
    Entry.objects.bulk_update(entries, ["position", "seal_id"], batch_size=BATCH)

    # A function and no partial: Django names the hook that fails by its __qualname__, which a partial lacks.
    def exported() -> None:
        heads.export(seal, now)

    transaction.on_commit(exported, robust=True)
    return len(entries)
