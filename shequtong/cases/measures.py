"""Numbers offered to the figures and to performance: the facts behind them are the steps of the cases."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from shequtong.cases import told_hours
from shequtong.cases.counting import IN_STAGE, MEASURES, of_case
from shequtong.cases.models import Case, Step
from shequtong.cases.told_spans import SPANS, Span
from shequtong.cases.workflow import MOVES, OPEN_STAGES
from shequtong.core.places import place
from shequtong.figures.read import counts
from shequtong.figures.sources import Source
from shequtong.figures.write import NewDelta

_BATCH = 500


def facts(subdistrict_id: int) -> Iterator[NewDelta]:
    """Every delta that the steps of this subdistrict amount to, case by case, in batches by key."""
    last = 0
    while True:
        cases = list(Case.objects.filter(subdistrict=subdistrict_id, id__gt=last).order_by("id")[:_BATCH])
        if not cases:
            return
        steps: dict[int, list[Step]] = {case.pk: [] for case in cases}
        for step in Step.objects.filter(subdistrict=subdistrict_id, case__gte=cases[0].pk, case__lte=cases[-1].pk).order_by(
            "case", "number"
        ):
            steps[step.case_id].append(step)
        for case in cases:
            yield from of_case(case, steps[case.pk])
        last = cases[-1].pk


_STATION = 1 << 42  # above every station's id
# `counting.of_case` for all cases of a place at once: what an aside step leaves as it was, and what a correction says stood before it, are
# carried along the steps by running maxima of "number, value".
_STATEMENT = """
WITH told AS (
  SELECT s.case_id, s.number, s.move, s.to_stage, s.late, {day} AS day, k.place_path, c.code,
    CASE WHEN s.move IN ({asides}) THEN NULL ELSE CAST(s.number AS bigint) * {station} + COALESCE(s.station_id, 0) END AS own,
    CAST(1000000 + s.number AS text) || {path_from} AS path_from, CAST(1000000 + s.number AS text) || {path_to} AS path_to,
    CAST(1000000 + s.number AS text) || {class_from} AS class_from, CAST(1000000 + s.number AS text) || {class_to} AS class_to
  FROM cases_step s
  JOIN cases_case k ON k.subdistrict_id = s.subdistrict_id AND k.id = s.case_id
  JOIN cases_caseclass c ON c.id = k.case_class_id
  WHERE s.subdistrict_id = %s
),
stood AS (
  SELECT case_id, number, move, to_stage, late, day,
    LAG(to_stage, 1, '') OVER so_far AS stage_before,
    COALESCE(MAX(own) OVER so_far, 0) %% {station} AS station,
    COALESCE(SUBSTR(MAX(path_to) OVER so_far, 8), SUBSTR(MIN(path_from) OVER life, 8), place_path) AS path,
    COALESCE(SUBSTR(MAX(class_to) OVER so_far, 8), SUBSTR(MIN(class_from) OVER life, 8), code) AS class,
    COALESCE(SUBSTR(MIN(path_from) OVER life, 8), place_path) AS first_path,
    COALESCE(SUBSTR(MIN(class_from) OVER life, 8), code) AS first_class
  FROM told WINDOW so_far AS (PARTITION BY case_id ORDER BY number), life AS (PARTITION BY case_id)
),
moved AS (
  SELECT move, to_stage, late, day, stage_before, station, path {bytewise} AS path, class {bytewise} AS class,
    LAG(station, 1, 0) OVER so_far AS station_before,
    COALESCE(LAG(path) OVER so_far, first_path) {bytewise} AS path_before,
    COALESCE(LAG(class) OVER so_far, first_class) {bytewise} AS class_before
  FROM stood WINDOW so_far AS (PARTITION BY case_id ORDER BY number)
),
changed AS (
  SELECT * FROM moved
  WHERE stage_before <> to_stage OR station_before <> station OR path_before <> path OR class_before <> class
)
SELECT 'move.' || move AS measure, day, path AS unit_path,
  CASE WHEN station = 0 THEN station_before ELSE station END AS station_id, '' AS stage, class AS class_code, 1 AS n FROM moved
UNION ALL SELECT 'late.' || stage_before, day, path, station_before, '', class, 1 FROM moved WHERE late
UNION ALL SELECT '{in_stage}', day, path_before, station_before, stage_before, class_before, -1 FROM changed WHERE stage_before <> ''
UNION ALL SELECT '{in_stage}', day, path, station, to_stage, class, 1 FROM changed
"""


def statement(subdistrict_id: int) -> tuple[str, list[Any]]:
    """The same as `facts`, as one SELECT of either engine."""
    postgresql = connection.vendor == "postgresql"
    asides = [name for name, move in MOVES.items() if move.aside]
    day, zone = connection.ops.datetime_cast_date_sql("s.at", (), str(place(subdistrict_id).zone))

    def detail(name: str, which: int) -> str:
        """Before (0) or after (1) of what a step says it changed."""
        return f"(s.details -> '{name}' ->> {which})" if postgresql else f"json_extract(s.details, '$.{name}[{which}]')"

    sql = _STATEMENT.format(
        day=day,
        asides=", ".join(["%s"] * len(asides)),
        station=_STATION,
        path_from=detail("path", 0),
        path_to=detail("path", 1),
        class_from=detail("class", 0),
        class_to=detail("class", 1),
        bytewise='COLLATE "C"' if postgresql else "COLLATE BINARY",
        in_stage=IN_STAGE,
    )
    return sql, [*zone, *asides, subdistrict_id]


def open_by_path(subdistricts: tuple[int, ...]) -> dict[str, int]:
    """Open cases by the path of their place. One statement."""
    return {path: n for (path,), n in counts(subdistricts, IN_STAGE, by=("unit_path",), stage=OPEN_STAGES).items()}


def hours_told(subdistrict_id: int) -> Iterator[NewDelta]:
    """When each case of this subdistrict was told."""
    for case in Case.objects.filter(subdistrict=subdistrict_id).iterator(chunk_size=_BATCH):
        yield from told_hours.of_told(case)


_HOURS = """
WITH moments AS (
  SELECT {hour} AS hour, {day} AS day, k.place_path AS path, c.code,
    CASE WHEN k.source_at IS NULL THEN 1 ELSE {hour} + {minute} + {second} END AS clock
  FROM cases_case k JOIN cases_caseclass c ON c.id = k.case_class_id
  WHERE k.subdistrict_id = %s
),
monthly AS (
  SELECT CASE WHEN clock = 0 THEN 'none' ELSE CAST(CAST(hour AS integer) AS text) END AS hour, {month} AS month, path, code, COUNT(*) AS n
  FROM moments GROUP BY 1, 2, 3, 4
)
{spans}
"""
_SPAN = """SELECT '{prefix}' || hour AS measure, {day} AS day, path AS unit_path,
  0 AS station_id, '' AS stage, {code} AS class_code, n FROM monthly"""


def hours_statement(subdistrict_id: int) -> tuple[str, list[Any]]:
    """The same as `hours_told`, as one SELECT of either engine."""
    zone, postgresql = str(place(subdistrict_id).zone), connection.vendor == "postgresql"
    told = "COALESCE(k.source_at, k.reported_at)"
    hour, minute, second = (connection.ops.datetime_extract_sql(part, told, (), zone) for part in ("hour", "minute", "second"))
    day = connection.ops.datetime_cast_date_sql("k.reported_at", (), zone)
    sql = _HOURS.format(
        hour=hour[0],
        minute=minute[0],
        second=second[0],
        day=day[0],
        month="CAST(date_trunc('month', day) AS date)" if postgresql else "substr(day, 1, 7) || '-01'",
        spans=" UNION ALL ".join(_span(span, postgresql=postgresql) for span in SPANS),
    )
    return sql, [*hour[1], *day[1], *hour[1], *minute[1], *second[1], subdistrict_id]


def _span(span: Span, *, postgresql: bool) -> str:
    if postgresql:
        day = f"CAST(month - make_interval(months => CAST(extract(month FROM month) - 1 AS integer) %% {span.months}) AS date)"
    else:
        day = f"date(month, '-' || ((CAST(substr(month, 6, 2) AS integer) - 1) %% {span.months}) || ' months')"
    return _SPAN.format(prefix=span.prefix, day=day, code="code" if span.by_class else "''")


SOURCES: tuple[Source, ...] = (
    Source("cases", MEASURES, facts, statement),
    Source("cases.hours", told_hours.ALL_MEASURES, hours_told, hours_statement),
)
