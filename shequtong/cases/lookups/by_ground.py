"""Many territories in one read (逐地读取): the territories as a list, and for each of its rows what lies there, along an index.

Django's ORM cannot say it, SQLite cannot read it, Citus refuses it; there a read a territory stands in the statement (`parts.py`). But PostgreSQL
plans a hundred reads in 15 to 40 ms and carries them out in two, and counts what any of a hundred conditions fits by looking at each row.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.expressions import RawSQL

from shequtong.cases.models.case import CaseQuerySet
from shequtong.core.actors import Grant, subtree

_HERE = '"cases_case"."subdistrict_id" = ground.home AND "cases_case"."place_path" >= ground.low AND "cases_case"."place_path" < ground.high'


def reads_by_ground() -> bool:
    """Whether the engine does."""
    return bool(getattr(connection.features, "reads_by_ground", False))


def first_by_ground(cases: CaseQuerySet, grounds: Sequence[Grant], n: int, *, backwards: bool) -> list[int]:
    """Ids of the first `n` of `cases`, which are ordered, that lie in these territories. One statement, `n` rows of an index a territory.

    One plan serves all of them: only for what none would read otherwise than in the order of the index.
    """
    order = "due_at DESC, id DESC" if backwards else "due_at, id"
    rows = _asked("id", _inside(cases).values_list("due_at", "id")[:n], grounds, f"ORDER BY {order} LIMIT {int(n)}")
    return [row[0] for row in rows]


def counts_by_ground(cases: CaseQuerySet, grounds: Sequence[Grant], by: str, shares: dict[str, Q]) -> list[tuple[Any, ...]]:
    """Of each value of `by` how many cases of these territories there are, and of how many each of `shares` holds. One statement.

    Rows and no sums are asked of a territory: then PostgreSQL reads the index that has all columns, and no case.
    """
    held = {name: ExpressionWrapper(share, BooleanField()) for name, share in shares.items()}
    each = _inside(cases).order_by().annotate(**held).values_list(by, *shares)
    counted = ", ".join(["COUNT(*)", *(f"COUNT(*) FILTER (WHERE {name})" for name in shares)])
    return _asked(f"{by}, {counted}", each, grounds, f"GROUP BY {by}")


def _inside(cases: CaseQuerySet) -> CaseQuerySet:
    """What lies in the territory of the row."""
    return cases.filter(RawSQL(_HERE, (), BooleanField()))  # noqa: S611  # our own columns


def _asked(what: str, each: Any, grounds: Sequence[Grant], end: str) -> list[tuple[Any, ...]]:
    try:
        text, given = each.query.sql_with_params()
    except EmptyResultSet:
        return []
    rows = ", ".join(["(%s, %s, %s)"] * len(grounds))
    values = [value for ground in grounds for value in (ground.subdistrict, *subtree(ground.path))]
    # The numbers once more, of the list and not of the cases: it says which streets are asked, and leaves what is expected of an index alone.
    homes = ", ".join(str(int(number)) for number in sorted({ground.subdistrict for ground in grounds}))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH ground (home, low, high) AS (VALUES {rows}) "  # noqa: S608  # Django's own statement, our own names
            f"SELECT {what} FROM ground CROSS JOIN LATERAL ({text}) AS found WHERE ground.home IN ({homes}) {end}",
            [*values, *given],
        )
        return list(cursor.fetchall())
