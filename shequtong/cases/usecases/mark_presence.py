"""Mark that somebody has a case open (在线): renewed while the page is shown, forgotten a day later. No trace: it is no deed."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.models import Case, Presence
from shequtong.core.actors import Actor

RENEWED = timedelta(seconds=2.5)  # a mark younger than this is not written again; a page asks every three seconds
SEEN_FOR = timedelta(seconds=12)  # after that they have closed the page: three beats missed
FORGOTTEN = timedelta(days=1)


@transaction.atomic
def mark_presence(*, case: Case, doing: str, by: Actor, now: datetime) -> list[Presence]:
    """Mark `by` at this case and say who else has it open now, by name. The caller has shown the case to `by`. Two statements."""
    there = list(Presence.objects.filter(case=case, seen_at__gt=now - FORGOTTEN).order_by("name", "id"))
    mine = next((row for row in there if row.account_id == by.account_id), None)
    if by.account_id is not None and (mine is None or now - mine.seen_at > RENEWED or mine.doing != doing):
        Presence.objects.bulk_create(
            [
                Presence(
                    subdistrict_id=case.subdistrict_id,
                    case=case,
                    account_id=by.account_id,
                    name=by.name,
                    doing=doing,
                    seen_at=now,
                )
            ],
            update_conflicts=True,
            unique_fields=["subdistrict", "case", "account_id"],
            update_fields=["name", "doing", "seen_at"],
        )
    return [row for row in there if row.account_id != by.account_id and now - row.seen_at <= SEEN_FOR]
