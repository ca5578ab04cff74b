"""Requests of a city that marks its duplicates, and for each the earlier ones near by (查重对): what the look-up could have offered. In memory."""

import math
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from shequtong.cases.nearby import likeness
from shequtong.core.geo import distance_m

MARK = "dup"  # stands in the status of a duplicate by the city's own judgement
MOST_METRES, MOST_DAYS = 200, 60
_CELL = 0.002  # degrees of latitude, over 200 metres; of longitude less, hence two cells aside
_DAY = 86_400.0


@dataclass(frozen=True)
class Request:
    """One request; `nature` is the finer class where the city has one, `text` what a reporter's words would be."""

    number: str
    created: datetime
    closed: datetime | None
    marked: bool
    category: str
    nature: str
    text: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Pairs:
    """Arrays over all pairs of a request with an earlier one, and over the requests."""

    at: Any  # index of the later request
    metres: Any
    days: Any
    alike: Any
    same_nature: Any
    marked: Any  # by request
    created: Any  # by request, as seconds


def requests_of(numbered: Iterable[tuple[int, dict[str, Any]]]) -> tuple[list[Request], dict[str, int]]:
    """Located requests of the cities that mark duplicates, one a number (its latest closing), in the order they came; and what was left out."""
    rows = [row for _number, row in numbered]
    cities = {row["city"] for row in rows if MARK in str(row["status"]).lower()}
    left = {"of cities without marks": 0, "repeated numbers": 0, "without a point": 0}
    found: dict[tuple[str, str], Request] = {}
    for row in rows:
        if row["city"] not in cities:
            left["of cities without marks"] += 1
        elif row["lat"] is None or row["lon"] is None or math.isnan(row["lat"]):
            left["without a point"] += 1
        else:
            one, key = _request(row), (row["city"], row["request_id"])
            left["repeated numbers"] += key in found
            kept = found.setdefault(key, one)
            if one.closed is not None and (kept.closed is None or one.closed > kept.closed):
                found[key] = one
    return sorted(found.values(), key=lambda one: (one.created, one.number)), left


def _request(row: dict[str, Any]) -> Request:
    words = dict.fromkeys(filter(None, (row["category"], row["subcategory"], row["address"])))
    marked = MARK in row["status"].lower()
    where = (float(row["lon"]), float(row["lat"]))
    return Request(
        row["request_id"], row["created"], row["closed"], marked, row["category"], row["subcategory"], " · ".join(words), *where
    )


def pairs_of(requests: list[Request], said: Callable[[int], None] = lambda done: None) -> Pairs:
    """For each request those before it: of its category, within MOST_METRES and MOST_DAYS, and not closed before it came."""
    kept: dict[tuple[str, int, int], deque[Request]] = defaultdict(deque)
    rows: list[tuple[int, float, float, float, bool]] = []
    for index, one in enumerate(requests):
        if index % 5000 == 0:
            said(index)
        cell = (math.floor(one.lat / _CELL), math.floor(one.lon / _CELL))
        for other in _around(kept, one, cell):
            metres = distance_m(one.lon, one.lat, other.lon, other.lat)
            if metres <= MOST_METRES:
                days = (one.created - other.created).total_seconds() / _DAY
                rows.append((index, metres, days, likeness(one.text, other.text), one.nature == other.nature))
        kept[one.category, *cell].append(one)
    at, metres_, days_, alike, same = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.array([]),) * 5
    marked = np.array([one.marked for one in requests], dtype=bool)
    created = np.array([one.created.timestamp() for one in requests])
    return Pairs(at.astype(int), metres_, days_, alike, same.astype(bool), marked, created)


def _around(kept: dict[tuple[str, int, int], deque[Request]], one: Request, cell: tuple[int, int]) -> Iterator[Request]:
    for down in (-1, 0, 1):
        for aside in (-2, -1, 0, 1, 2):
            near = kept.get((one.category, cell[0] + down, cell[1] + aside))
            while near and (one.created - near[0].created).total_seconds() > MOST_DAYS * _DAY:
                near.popleft()
            for other in near or ():
                if other.closed is None or other.closed >= one.created:
                    yield other
