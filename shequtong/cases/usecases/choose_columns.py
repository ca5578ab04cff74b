"""Choose columns (选择列): which columns one's list of cases has; number and matter always stand there."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases.models import OwnList
from shequtong.cases.usecases.save_filter import own_list
from shequtong.core.actors import Actor

COLUMNS = ("class", "place", "station", "stage", "due")  # there unless they are left out
MORE_COLUMNS = ("channel", "received", "days", "person")  # not there unless they are added


@transaction.atomic
def choose_columns(*, shown: Collection[str], by: Actor, now: datetime) -> OwnList:
    """Show these of COLUMNS and MORE_COLUMNS and leave the others out. Raises Forbidden."""
    mine = own_list(by)
    mine.hidden = [column for column in COLUMNS if column not in shown]
    mine.added = [column for column in MORE_COLUMNS if column in shown]
    mine.save(update_fields=["hidden", "added"])
    log.record("cases.choose_columns", mine, by=by, at=now, hidden=mine.hidden, added=mine.added)
    return mine
