"""Reads over appointments (任职查询)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from shequtong.access import permissions
from shequtong.access.models import Appointment
from shequtong.accounts.models import Account
from shequtong.core.actors import Actor, subtree
from shequtong.core.phones import NotAPhone, normalise_phone

PAGE = 50
Keyset = tuple[str, int]  # what the names sort by, and the id


def holders(subdistrict_id: int, day: date) -> dict[str, dict[int, str]]:
    """Who holds which role in a subdistrict on `day`: role → account → name. One statement."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = Appointment.objects.in_force(day).filter(subdistrict=subdistrict_id)
    for role, account_id, name in rows.order_by("id").values_list("role", "account_id", "account_name"):
        found[role][account_id] = name
    return dict(found)


@dataclass(frozen=True)
class Filters:
    """What the address of the list says. Empty fields filter nothing."""

    role: str = ""
    under: str = ""  # unit path
    station: int | None = None
    words: str = ""  # a part of the name, its pinyin from the beginning, or a whole telephone number
    over: bool = False  # those that are over in place of those that last


class Page(NamedTuple):
    """Rows of one page; `next` and `previous` are keysets, None at the ends."""

    rows: list[Appointment]
    next: Keyset | None
    previous: Keyset | None


def appointments(
    actor: Actor, filters: Filters, today: date, *, after: Keyset | None = None, before: Keyset | None = None, page: int = PAGE
) -> Page:
    """One page of who holds which post within reach, by name. One statement, one more to find a telephone number."""
    found = Appointment.objects.within_reach(actor, permissions.VIEW_APPOINTMENTS).filter(_chosen(filters))
    found = found.filter(Q(ended_at__isnull=False) | Q(ends_on__lt=today)) if filters.over else found.lasting(today)
    edge, minus = before or after, "-" if before else ""
    if edge is not None:
        name, last = edge
        beyond = Q(pinyin__lt=name) | Q(pinyin=name, pk__lt=last) if before else Q(pinyin__gt=name) | Q(pinyin=name, pk__gt=last)
        found = found.filter(beyond)
    rows = list(found.select_related("stands_in_for").order_by(f"{minus}pinyin", f"{minus}id")[: page + 1])
    more, rows = len(rows) > page, rows[:page]
    if before:
        rows.reverse()
    first, last_key = ((rows[0].pinyin, rows[0].pk), (rows[-1].pinyin, rows[-1].pk)) if rows else (None, None)
    return Page(rows, last_key if more or before else None, first if (more if before else after) else None)


def _chosen(filters: Filters) -> Q:
    chosen = Q()
    if filters.role:
        chosen &= Q(role=filters.role)
    if filters.station is not None:
        chosen &= Q(station=filters.station)
    if filters.under:
        start, end = subtree(filters.under)
        chosen &= Q(unit__path__gte=start, unit__path__lt=end)
    if filters.words:
        chosen &= _worded(filters.words)
    return chosen


def _worded(words: str) -> Q:
    try:
        phone = normalise_phone(words)
    except NotAPhone:
        return Q(account_name__icontains=words) | Q(pinyin__startswith=words.lower())
    account = Account.objects.with_phone(phone)
    return Q(account_id=account.pk if account else -1)


def others_in_post(row: Appointment, today: date) -> bool:
    """Whether somebody else holds the same post at the same place, today or from a later day on; deputies who end with it not counted."""
    found = Appointment.objects.lasting(today).filter(role=row.role, unit=row.unit_id, station=row.station_id)
    return found.exclude(account_id=row.account_id).exclude(stands_in_for=row).exists()


def colleagues(row: Appointment, today: date, most: int = 1000) -> dict[int, Appointment]:
    """Who may stand in: everybody else with a post in the subdistrict, by name; account → one of their posts. One statement."""
    found = Appointment.objects.in_force(today).filter(subdistrict=row.subdistrict_id).exclude(account_id=row.account_id)
    people: dict[int, Appointment] = {}
    for one in found.order_by("pinyin", "id")[:most]:
        people.setdefault(one.account_id, one)
    return people


def posted_to(unit_ids: list[int], today: date, most: int = 200) -> list[Appointment]:
    """Who holds a post at just these units, today or from a later day on, by name. One statement."""
    return list(Appointment.objects.lasting(today).filter(unit__in=unit_ids).order_by("pinyin", "id")[:most])
