"""What the worker does for the log: seal, export heads, move waiting security rows, drop journals that the chain has made needless."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError

from shequtong.audit import heads, journal
from shequtong.audit.models import Entry, Seal
from shequtong.audit.security import flush, note
from shequtong.audit.usecases import seal_entries
from shequtong.audit.usecases.seal_entries import BATCH
from shequtong.core.jobs import Job
from shequtong.core.locality import part_of
from shequtong.core.places import places

logger = logging.getLogger(__name__)
# A file of an earlier day may still get a line of a transaction that was open at midnight.
KEEP_JOURNAL = timedelta(days=2)


def seal_new_entries(now: datetime) -> int:
    """Chain all entries that stand outside; how many. Another worker may do the same: one of the two gives way."""
    sealed = 0
    for place in places():
        if not Entry.objects.filter(subdistrict=place.number, position=None).exists():
            continue  # asked without a transaction, so that an idle round never holds SQLite's writer
        try:
            while batch := seal_entries(subdistrict_id=place.number, now=now):
                sealed += batch
                if batch < BATCH:
                    break
        except IntegrityError:
            logger.info("the chain of place %s is being sealed by another worker", place.number)
    return sealed


def export_heads(now: datetime) -> int:
    """Write down where every chain stands, also those that nothing was added to; how many."""
    count = 0
    for place in places():
        end = Seal.objects.filter(subdistrict=place.number).order_by("-number").first()
        if end:
            heads.export(end, now)
            count += 1
    heads.thin_out(now)
    return count


def move_waiting_events(now: datetime) -> int:
    """Put security rows that a rolled-back or dead request left in files into the table; how many."""
    return flush(everyone=True)


def drop_needless_journals(now: datetime) -> int:
    """Remove journal files whose rows are all in the chain; how many. One that names a row that is gone stays, and is reported."""
    dropped = 0
    for day, path in journal.files():
        if day > (now - KEEP_JOURNAL).date():
            continue
        chained, gone = _standing([entry_id for entry_id, _mark in journal.lines(path)])
        for entry_id in gone:
            logger.error("audit entry %s was committed (%s) and is gone", entry_id, path.name)
            note(
                "log_broken", what="audit.Entry", subdistrict_id=part_of(entry_id), object_kind="audit.Entry", object_id=entry_id
            )
        if chained:
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def _standing(ids: list[int]) -> tuple[bool, list[int]]:
    """Whether all of these entries are in the chain, and those that are nowhere."""
    chained, gone = True, []
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        found = dict(Entry.objects.filter(id__in=some).values_list("id", "position"))
        gone += [entry_id for entry_id in some if entry_id not in found]
        chained = chained and len(found) == len(set(some)) and None not in found.values()
    return chained, gone


JOBS = (
    Job("audit.seal_new_entries", timedelta(minutes=1), seal_new_entries),
    Job("audit.move_waiting_events", timedelta(minutes=1), move_waiting_events),
    Job("audit.export_heads", timedelta(days=1), export_heads),
    Job("audit.drop_needless_journals", timedelta(days=1), drop_needless_journals),
)
