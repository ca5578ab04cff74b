"""Save a filter (保存筛选): the filters of the queue under a name, for oneself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import OwnList
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden, Refusal

MOST, LONGEST_NAME, LONGEST_QUERY = 20, 20, 300


class CannotSaveFilter(Refusal):
    """No name, nothing filtered, or too many."""


def own_list(by: Actor) -> OwnList:
    """One's own row, locked; a new one where there is none. Raises Forbidden for who sees no cases. One statement, two at the first time."""
    sees = by.may(permissions.VIEW) or by.may(permissions.VIEW_HEADER)
    if by.account_id is None or not by.post or not sees:
        raise Forbidden(permissions.VIEW, "OwnList")
    mine = OwnList.objects.filter(subdistrict=by.home, account_id=by.account_id).select_for_update().first()
    return mine or OwnList.objects.create(subdistrict_id=by.home, account_id=by.account_id)


@transaction.atomic
def save_filter(*, name: str, query: str, by: Actor, now: datetime) -> OwnList:
    """Keep `query` (as the queue's address says it) under `name`; one of the same name is replaced. Raises Forbidden, CannotSaveFilter."""
    called = name.strip()
    if not 1 <= len(called) <= LONGEST_NAME:
        raise CannotSaveFilter(_("Give it a name of 1 to %(most)d characters.") % {"most": LONGEST_NAME})
    if not query or len(query) > LONGEST_QUERY:
        raise CannotSaveFilter(_("Nothing is filtered: choose filters in the list first."))
    mine = own_list(by)
    others = [one for one in mine.filters if one["name"] != called]
    if len(others) >= MOST:
        raise CannotSaveFilter(_("You keep %(most)d filters at most. Remove one first.") % {"most": MOST})

    mine.filters = sorted([*others, {"name": called, "query": query}], key=lambda one: one["name"])
    mine.save(update_fields=["filters"])
    log.record("cases.save_filter", mine, by=by, at=now, count=len(mine.filters))
    return mine
