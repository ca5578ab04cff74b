"""Keep a report under way (暂存上报草稿) for its next page; what it had before is written over."""

from datetime import datetime, timedelta

from django.db import transaction

from shequtong.cases.models import Draft

KEPT = timedelta(hours=2)


@transaction.atomic
def keep_draft(*, mark: str, sealed: str, now: datetime) -> None:
    """One statement. Who may is counted by the caller; who has `mark` may read it."""
    row = Draft(mark=mark, sealed=sealed, kept_until=now + KEPT)
    Draft.objects.bulk_create([row], update_conflicts=True, unique_fields=["mark"], update_fields=["sealed", "kept_until"])
