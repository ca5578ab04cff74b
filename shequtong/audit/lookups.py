"""Reads of the log (日志查询): newest first, by who did it, to what, and from which day to which; each in the order of an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from shequtong.audit.models import Entry, Seal, SecurityEvent

PAGE = 50
Keyset = tuple[datetime, int]  # when, and the id


@dataclass(frozen=True)
class LogFilters:
    """What is looked for; None and "" filter nothing."""

    accounts: tuple[int, ...] | None = None  # by whom; () finds nothing
    object_kind: str = ""
    object_id: int | None = None
    kinds: tuple[str, ...] = ()  # of a security event
    since: datetime | None = None
    until: datetime | None = None  # not any more


def entries(subdistrict_id: int, filters: LogFilters, *, before: Keyset | None = None, page: int = PAGE) -> list[Entry]:
    """Deeds, at most one more than a page. One statement."""
    return list(_page(Entry.objects.filter(subdistrict=subdistrict_id), filters, before)[: page + 1])


def events(subdistrict_id: int, filters: LogFilters, *, before: Keyset | None = None, page: int = PAGE) -> list[SecurityEvent]:
    """What happened to sign-ins, rights and protected values; likewise."""
    rows = SecurityEvent.objects.filter(subdistrict=subdistrict_id)
    return list(_page(rows.filter(kind__in=filters.kinds) if filters.kinds else rows, filters, before)[: page + 1])


def last_seal(subdistrict_id: int) -> Seal | None:
    """The newest link of the chain. One statement."""
    return Seal.objects.filter(subdistrict=subdistrict_id).defer("ids").order_by("-number").first()


def _page(rows: QuerySet[Any], filters: LogFilters, before: Keyset | None) -> QuerySet[Any]:
    found = rows
    if filters.accounts is not None:
        found = found.filter(account_id__in=filters.accounts)
    if filters.object_id is not None:
        found = found.filter(object_kind=filters.object_kind, object_id=filters.object_id)
    if filters.since is not None:
        found = found.filter(at__gte=filters.since)
    if filters.until is not None:
        found = found.filter(at__lt=filters.until)
    if before is not None:
        # The range first, so that an index is entered where the page begins; then the exact edge.
        found = found.filter(at__lte=before[0]).filter(Q(at__lt=before[0]) | Q(pk__lt=before[1]))
    return found.order_by("-at", "-id")


def ids_of(model: type[Model], rows: Iterable[Entry | SecurityEvent]) -> list[int]:
    """The ids of the things of one kind that rows are about."""
    return sorted({row.object_id for row in rows if row.object_kind == model._meta.label and row.object_id is not None})
