"""What a case is found by (检索字), written with what it says: one statement, in the same transaction."""

from collections.abc import Iterable

from django.db import connection

from shequtong.cases.grams import grams_of
from shequtong.cases.models import Case, CaseGram
from shequtong.core.gathered import put
from shequtong.core.locality.ids import new_id

_ONE = "INSERT INTO cases_casegram (id, subdistrict_id, gram, case_id) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
_AT_ONCE = 240  # rows: SQLite binds 999 values a statement, four a row
_UNNESTED = (
    "INSERT INTO cases_casegram (id, subdistrict_id, gram, case_id)"
    " SELECT * FROM UNNEST(%s::bigint[], %s::integer[], %s::bigint[], %s::bigint[]) ON CONFLICT DO NOTHING"
)


def write_grams(case: Case) -> None:
    """Of a new case."""
    put(_insert, rows_of(case))


def write_grams_of(cases: Iterable[Case]) -> None:
    """Of many new cases: some forty rows each, hence past the models."""
    rows = [
        (new_id(case.subdistrict_id), case.subdistrict_id, gram, case.pk)
        for case in cases
        for gram in sorted(grams_of(case.text, case.title, case.address))
    ]
    if rows:
        _write(rows)


def rewrite_grams(case: Case, *before_texts: str) -> None:
    """After its texts were changed from these: what only the old ones had goes, what is new comes. Two statements at most."""
    after, before = grams_of(case.text, case.title, case.address), grams_of(*before_texts)
    if gone := before - after:
        CaseGram.objects.filter(subdistrict=case.subdistrict_id, gram__in=sorted(gone), case=case.pk).delete()
    if new := after - before:
        _insert(_rows(case, new))


def rows_of(case: Case) -> list[CaseGram]:
    """All of a case: of its title, text and address."""
    return _rows(case, grams_of(case.text, case.title, case.address))


def _rows(case: Case, grams: Iterable[int]) -> list[CaseGram]:
    """In their order, so that the index is walked once."""
    here = case.subdistrict_id
    return [CaseGram(id=new_id(here), subdistrict_id=here, gram=gram, case_id=case.pk) for gram in sorted(grams)]


def _insert(rows: list[CaseGram]) -> None:
    """What is there already is what is wanted. One statement however long the text: SQLite would take five for the longest by way of the models."""
    if len(rows) <= _AT_ONCE:
        CaseGram.objects.bulk_create(rows, ignore_conflicts=True)
    else:
        _write([(row.id, row.subdistrict_id, row.gram, row.case_id) for row in rows])


def _write(rows: list[tuple[int, int, int, int]]) -> None:
    """Past the models. PostgreSQL takes them as arrays, SQLite one by one in one call."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_UNNESTED, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_ONE, rows)
