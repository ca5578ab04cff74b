"""Forget contacts (删除到期联系方式): name and phone of reporters go when the period that the privacy notice states has passed.

个人信息保护法 19: kept no longer than what they serve. A reporter's go when every matter they told or joined ended that long ago.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from shequtong.audit import log
from shequtong.cases.models import Case, Joined, Reporter
from shequtong.cases.usecases.contacts import remove_contact
from shequtong.core.actors import Actor

BATCH = 100
After = tuple[datetime, int]


@dataclass(frozen=True)
class Looked:
    """What a batch came to: how many contacts went, and where the next begins; None when it was the last."""

    gone: int
    after: After | None


@transaction.atomic
def forget_contacts(*, subdistrict_id: int, by: Actor, now: datetime, after: After | None = None) -> Looked:
    """Erase what is past its period among the next reporters of a subdistrict, oldest consent first. Any number of workers, safe to kill.

    No matter ended before it was told, so only consents older than the period are looked at.
    """
    until = now - timedelta(days=settings.CASES_KEEP_CONTACTS_DAYS)
    waiting = Reporter.objects.filter(subdistrict=subdistrict_id, contact_removed_at__isnull=True, consent_at__lt=until)
    if after is not None:
        waiting = waiting.filter(Q(consent_at__gt=after[0]) | Q(consent_at=after[0], id__gt=after[1]))
    found = list(waiting.order_by("consent_at", "id").select_for_update(skip_locked=True)[:BATCH])
    told = _cases_of(subdistrict_id, [one.pk for one in found])
    gone = 0
    for reporter in found:
        own = told.get(reporter.pk, [])
        if any(case.is_open or case.stage_since >= until for case in own):
            continue
        first = next((case.pk for case in own if case.reporter_id == reporter.pk), None)
        remove_contact(reporter, why=Reporter.Removed.PERIOD, told_first=first, now=now)
        log.record("cases.forget_contacts", reporter, by=by, at=now, case=first)
        gone += 1
    last = found[-1] if len(found) == BATCH else None
    return Looked(gone, (last.consent_at, last.pk) if last and last.consent_at else None)


def _cases_of(subdistrict_id: int, reporters: list[int]) -> dict[int, list[Case]]:
    """The cases each of them told or joined. Two statements."""
    found: dict[int, list[Case]] = {}
    columns = ("subdistrict_id", "reporter_id", "is_open", "stage_since")
    for case in Case.objects.filter(subdistrict=subdistrict_id, reporter__in=reporters).only(*columns):
        if case.reporter_id is not None:
            found.setdefault(case.reporter_id, []).append(case)
    rows = Joined.objects.filter(subdistrict=subdistrict_id, reporter__in=reporters, ended_at__isnull=True)
    for joined in rows.select_related("case"):
        found.setdefault(joined.reporter_id, []).append(joined.case)
    return found
