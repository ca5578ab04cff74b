"""Cases as other systems may read them (对外查询): columns only, no personal one among them, a statement or two however many subdistricts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shequtong.cases.models import Case
from shequtong.cases.numbers import format_number, parse_number
from shequtong.cases.workflow import Stage
from shequtong.core.places import place
from shequtong.interchange.models import Delivery
from shequtong.interchange.requests_asked import DEEPEST, Asked, Wrong
from shequtong.interchange.systems import SystemRef

# `text` stands apart: only the system that sent it gets it back.
COLUMNS = (
    *(
        "letters",
        "year",
        "serial",
        "case_class_id",
        "standard_id",
        "summary",
        "place_path",
        "address",
        "building_id",
        "lon",
        "lat",
    ),
    *(
        "stage",
        "stage_since",
        "is_open",
        "paused",
        "resume_at",
        "promised_at",
        "received_at",
        "registered_at",
        "lead_station_id",
        "source",
    ),
)
Row = dict[str, Any]
_NEWEST = ("-received_at", "-id")
_HERE = -1  # stands for the subdistrict in a statement that is written once for many; no place, class or moment has it


def open_to(system: SystemRef | None) -> Q:
    """What may be read: what the office has registered and does not keep confidential; one's own from the first moment."""
    known = Q(registered_at__isnull=False, confidential=False)
    return known if system is None else known | Q(source=system.source)


def rows_asked(asked: Asked, system: SystemRef | None) -> list[Row]:
    """A page, the newest first; by numbers, in the order they were asked for. One statement; two for a list of several subdistricts."""
    if asked.numbers:
        return _numbered(asked.numbers, system)
    start = (asked.page - 1) * asked.rows
    if start + asked.rows > DEEPEST:
        raise Wrong(400, _("page × page_size is at most %(most)d: ask for a shorter span.") % {"most": DEEPEST})
    if len(asked.places) == 1:
        return list(_read(_listed(asked, asked.places[0], system), system)[start : start + asked.rows])
    ids = _first_ids(asked, system, start + asked.rows)[start:]
    found = Case.objects.within(*asked.places).filter(pk__in=ids).order_by(*_NEWEST)
    return list(_read(found, system))


def _listed(asked: Asked, here: int, system: SystemRef | None) -> QuerySet[Case]:
    """All of one subdistrict that is asked for, in the order of the index of when they came."""
    found = Case.objects.filter(subdistrict=here, received_at__gte=asked.since, received_at__lte=asked.until)
    if asked.classes:
        found = found.filter(case_class__in=asked.classes)
    if asked.is_open is not None:
        found = found.filter(is_open=asked.is_open)
    return found.filter(open_to(system)).order_by(*_NEWEST)


def _first_ids(asked: Asked, system: SystemRef | None, n: int) -> list[int]:
    """Ids of the newest `n` in these subdistricts. One statement, at most `n` rows of the index each.

    As in cases/lookups/parts.py: Django cannot say a union of reads that each have an end, and with IN all of the span would be read and
    sorted for every page (a city's ninety days: 75,000 cases). The read of one subdistrict is written once, only its number changes.
    """
    text, given = _listed(asked, _HERE, system).values_list("received_at", "id")[:n].query.sql_with_params()
    values = [place if one == _HERE else one for place in asked.places for one in given]
    union = " UNION ALL ".join(f"SELECT * FROM ({text}) AS read_{nth}" for nth in range(len(asked.places)))  # noqa: S608  # Django's own statement
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({union}) AS found ORDER BY received_at DESC, id DESC LIMIT {int(n)}", values)  # noqa: S608  # as above
        return [row[0] for row in cursor.fetchall()]


def _numbered(numbers: Iterable[str], system: SystemRef | None) -> list[Row]:
    """Those that exist and may be read; a number nobody has is left out. One statement, of however many subdistricts they are."""
    parsed = [one for one in map(parse_number, numbers) if one is not None]
    wanted = list(dict.fromkeys(format_number(place(one.place).letters, one.year, one.serial) for one in parsed))
    if not wanted:
        return []
    rows = Case.objects.all_numbered(wanted, *sorted({one.place for one in parsed})).filter(open_to(system))
    found = {number_of(row): row for row in _read(rows, system)}
    return [found[number] for number in wanted if number in found]


def number_of(row: Row) -> str:
    """The number people quote."""
    return format_number(row["letters"], row["year"], row["serial"])


def _read(found: QuerySet[Case], system: SystemRef | None) -> QuerySet[Case, Row]:
    rows: QuerySet[Case, Row] = found.values(*COLUMNS) if system is None else found.values(*COLUMNS, "text")
    return rows


def held_back(row: Row) -> bool:
    """Whether somebody must still look at it before it goes on."""
    return bool(row["stage"] == Stage.HELD)


def deliveries_of(subscription_id: int, places: list[int], before: tuple[datetime, int] | None, page: int) -> list[Delivery]:
    """What was sent for a subscription, the newest first, one more than a page. One statement."""
    found = Delivery.objects.within(*places).filter(subscription=subscription_id)
    if before is not None:
        found = found.filter(at__lte=before[0]).filter(Q(at__lt=before[0]) | Q(id__lt=before[1]))
    return list(found.order_by("-at", "-id")[: page + 1])
