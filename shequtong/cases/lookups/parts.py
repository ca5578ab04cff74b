"""The reach of a post as reads that have no case in common, each in the order of an index (互不重叠的读取)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from shequtong.cases.lookups.by_ground import first_by_ground, reads_by_ground
from shequtong.cases.models import NEVER, Case
from shequtong.cases.models.case import REACH, CaseQuerySet
from shequtong.core.actors import Grant, Reach, subtree

Key = tuple[datetime, int]  # when a case is due, and its id: the order of every list
_TABLE = '"cases_case"'
_HERE, _PATH = f'{_TABLE}."subdistrict_id"', f'{_TABLE}."place_path"'
_PLACE = (object(), object(), object())  # where a territory's number, first and last path stand among the values of its read
_MOST_READS = 400  # of one statement: SQLite puts no more than 500 together


class Part(NamedTuple):
    """One read of a queue. What has ended is never due (NEVER), so that among it the id alone is the order, as a station's parts have it."""

    cases: CaseQuerySet
    had_by: Grant | None = None  # a station: read along its parts in cases, present or past
    within: Reach | None = None  # territories, not yet among the conditions: all together are read in no index's order
    in_order: bool = False  # what is asked for stands close together in the index of the order, in every territory

    def among(self, condition: Q, *, in_order: bool = False) -> "Part":
        """Those of them of which this holds."""
        return self._replace(cases=self.cases.filter(condition), in_order=in_order)

    def all(self) -> CaseQuerySet:
        """In no order."""
        if self.had_by is not None:
            return self.cases.filter(**self._part())
        return self.cases if self.within is None else self.cases.filter(self.within.condition(REACH))

    def first(self, edge: Key | None, n: int, *, backwards: bool) -> CaseQuerySet:
        """The first `n` beyond the row `edge`. Of several territories, and back from what has ended, a statement or two are sent here to find out which."""
        if self.had_by is not None:
            return self._had(edge, backwards=backwards)[:n]
        order, ranges = ("-due_at", "-id") if backwards else ("due_at", "id"), _beyond(edge, backwards=backwards)
        grounds = self.within.grants if self.within is not None and not self.within.everything else ()
        apart = 1 < len(grounds) <= _MOST_READS
        if not apart and len(ranges) == 1:
            return self.all().filter(ranges[0]).order_by(*order)[:n]
        ids: list[int] = []
        for each in ranges:
            left = n - len(ids)
            if left and apart:
                read = first_by_ground if self.in_order and reads_by_ground() else _first_ids
                ids += read(self.cases.filter(each).order_by(*order), grounds, left, backwards=backwards)
            elif left:
                ids += self.all().filter(each).order_by(*order).values_list("pk", flat=True)[:left]
        return Case.objects.filter(pk__in=ids).order_by(*order)

    def _part(self) -> dict[str, Any]:
        assert self.had_by is not None
        return {"parties__subdistrict": self.had_by.subdistrict, "parties__station": self.had_by.station}

    def _had(self, edge: Key | None, *, backwards: bool) -> CaseQuerySet:
        # In one call: a second one would be another join, which gives a case once for each station that had it.
        told = self._part()
        if edge is not None and edge[0] == NEVER:
            told["parties__case__lt" if backwards else "parties__case__gt"] = edge[1]
        found = self.cases.none() if backwards and (edge is None or edge[0] != NEVER) else self.cases.filter(**told)
        return found.order_by(f"{'-' if backwards else ''}parties__case_id")


def _beyond(edge: Key | None, *, backwards: bool) -> list[Q]:
    """What comes after the row, or before it, as ranges of the index, the nearest first.

    Few cases are due at one moment, and those of the edge's are passed over; but all that ended are due at NEVER: these are a range by id.
    """
    if edge is None:
        return [Q()]
    due_at, last_id = edge
    if due_at == NEVER:
        ended = Q(due_at=NEVER, id__lt=last_id) if backwards else Q(due_at=NEVER, id__gt=last_id)
        return [ended, Q(due_at__lt=NEVER)] if backwards else [ended]
    if backwards:
        return [Q(due_at__lte=due_at) & (Q(due_at__lt=due_at) | Q(due_at=due_at, id__lt=last_id))]
    return [Q(due_at__gte=due_at) & (Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last_id))]


def _first_ids(cases: CaseQuerySet, grounds: Sequence[Grant], n: int, *, backwards: bool) -> list[int]:
    """Ids of the first `n` of `cases`, which are ordered, that lie in these territories. One statement, `n` rows of an index a territory.

    Django's ORM cannot say a union of reads that each have an end; all of them with OR are read in no index's order: a list of a
    district would sort each of its cases for every page. The read of one territory is written once; for a hundred only the values change.
    """
    here = RawSQL(f"{_HERE} = %s AND {_PATH} >= %s AND {_PATH} < %s", _PLACE, BooleanField())  # noqa: S611  # our own columns
    try:
        text, given = cases.filter(here).values_list("due_at", "id")[:n].query.sql_with_params()
    except EmptyResultSet:
        return []
    values = [_value(one, ground) for ground in grounds for one in given]
    union = " UNION ALL ".join(f"SELECT * FROM ({text}) AS read_{nth}" for nth in range(len(grounds)))  # noqa: S608  # Django's own statement
    order = "due_at DESC, id DESC" if backwards else "due_at, id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({union}) AS found ORDER BY {order} LIMIT {int(n)}", values)  # noqa: S608  # as above
        return [row[0] for row in cursor.fetchall()]


def _value(given: Any, ground: Grant) -> Any:
    """What stands in the statement for this territory."""
    if given not in _PLACE:
        return given
    return (ground.subdistrict, *subtree(ground.path))[_PLACE.index(given)]
