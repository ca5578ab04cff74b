"""End links (关联失效): of who has died or moved away. They show nothing from that moment; the rows are ended by the worker."""

from datetime import datetime

from django.db import transaction

from shequtong.core.actors import Actor
from shequtong.people.models import AccountLink
from shequtong.people.usecases._links import end_link

BATCH = 100


@transaction.atomic
def end_links(*, subdistrict_id: int, by: Actor, now: datetime) -> int:
    """A batch of a subdistrict; how many. Any number of workers, safe to kill."""
    found = AccountLink.objects.within(subdistrict_id).filter(revoked_at__isnull=True, person__ended_on__isnull=False)
    rows = list(found.order_by("id").select_for_update(of=("self",), skip_locked=True)[:BATCH])
    for link in rows:
        end_link(link, why=AccountLink.Revoked.ENDED, by=by, now=now)
    return len(rows)
