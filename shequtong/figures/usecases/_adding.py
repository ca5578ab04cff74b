"""Adding to totals: the one statement that Django's ORM cannot say, the same text on both engines."""

from collections.abc import Mapping

from django.db import connection

from shequtong.core.locality.ids import new_id
from shequtong.figures.deltas import Key
from shequtong.figures.models import Total

_ROWS = 80  # rows a statement: SQLite takes 999 values in one by Django's count
_COLUMNS = "subdistrict_id, measure, day, unit_path, station_id, stage, class_code"


def add_to_totals(sums: Mapping[Key, int]) -> None:
    """Add to each total, made when absent. Additions commute: a fold and a correction at once give the same as one after the other.

    Keys are taken in their order, so that two who add at once never wait for each other in a circle. One statement for 80 keys.
    """
    keys = sorted(sums)
    for start in range(0, len(keys), _ROWS):
        some = keys[start : start + _ROWS]
        rows = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(some))
        values = [value for key in some for value in (new_id(key.subdistrict_id), *key, sums[key])]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {Total._meta.db_table} AS kept (id, {_COLUMNS}, n) VALUES {rows}"  # noqa: S608  # names, not input
                f" ON CONFLICT ({_COLUMNS}) DO UPDATE SET n = kept.n + excluded.n",
                values,
            )
