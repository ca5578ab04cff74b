"""How the queue is read (查询计划): in the order of an index and no further than the page, whoever asks, at 10,000 cases."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from shequtong.cases.lookups import words
from shequtong.cases.lookups.words import MOST
from shequtong.pages.kept import forget
from shequtong.testing.plans import plans
from tests.counted.boards import BOARD_READERS
from tests.counted.conftest import Measured
from tests.counted.maps import SEEN
from tests.counted.pages import READERS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counted")]

_BAD_ON_SQLITE = re.compile(r"\bSCAN (?!CONSTANT)|TEMP B-TREE|AUTOMATIC")
_BAD_ON_POSTGRESQL = frozenset({"Sort", "Incremental Sort", "Bitmap Heap Scan"})
_READ = 51  # rows of a page, and one that says whether there are more


def _plans(client: Client, address: str, table: str = "cases_case") -> list[tuple[str, Any]]:
    """The reads of cases, or of another table, that a page makes, each with the database's plan of it."""
    with plans(table) as found:
        assert client.get(address).status_code == 200
    return found


def _nodes(plan: list[Any]) -> Iterator[dict[str, Any]]:
    """The nodes of PostgreSQL's answer to EXPLAIN."""

    def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield node
        for inner in node.get("Plans", ()):
            yield from walk(inner)

    found = plan[0][0]
    yield from walk((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])


PLANNED = (
    "",
    "stage=handling",
    "stage=closed",
    "light=red",
    "stage=all",
    "reach=all",
    "station={station}",
    "station={station}&reach=all",
    "station={station}&stage=handling",
    "station={station}&stage=all",
    "under={grid}",
    "under={grid}&stage=closed&reach=all",
    "under={community}&light=amber",
    "light=green",
    "light=none",
    "waits=me",
    "under={grid}&station={station}&cls=L01",
)


@pytest.mark.parametrize("filters", PLANNED)
@pytest.mark.parametrize("who", READERS)
def test_the_queue_is_read_in_the_order_of_an_index(who: str, filters: str, measured: Measured) -> None:
    town = measured.scene.town
    address = filters.format(station=town.police.pk, grid=town.grid.code, community=town.community.code)
    for sql, plan in _plans(measured.scene.browser(who), f"/desk/cases/?{address}"):
        if connection.vendor == "sqlite":
            bad = [row[3] for row in plan if _BAD_ON_SQLITE.search(row[3])]
        else:
            bad = [node["Node Type"] for node in _nodes(plan) if _is_bad(node)]
        assert not bad, f"{bad}\n{sql}"


@pytest.mark.parametrize("filters", ["q=楼道灯", "q=灯&stage=all", "q=123", "q=枫桥路 坏了&under={grid}&light=green"])
@pytest.mark.parametrize("who", ["supervisor", "chen", "wang"])
def test_words_are_found_along_their_index(who: str, filters: str, measured: Measured, monkeypatch: pytest.MonkeyPatch) -> None:
    """The grams by their index; the cases by the order of the list or by their ids, and never more of either than a search may read.

    Of 10,000 cases PostgreSQL would rather read all than 3,000 in order; of a large table it would not, nor for fewer.
    """
    monkeypatch.setattr(words, "LOOKED_THROUGH", 100)
    client, address = measured.scene.browser(who), f"/desk/cases/?{filters.format(grid=measured.scene.town.grid.code)}"
    for table, most in (("cases_casegram", 4 * (MOST + 1)), ("cases_case", 3 * MOST)):
        for sql, plan in _plans(client, address, table):
            if connection.vendor == "sqlite":
                assert not [row[3] for row in plan if _BAD_ON_SQLITE.search(row[3].replace("SCAN one_", ""))], plan
                continue
            nodes = list(_nodes(plan))
            assert not [node for node in nodes if node["Node Type"] == "Seq Scan"], sql
            assert sum(node["Actual Rows"] for node in nodes if "Index" in node["Node Type"]) <= most, plan


@pytest.mark.parametrize("who", BOARD_READERS)
def test_a_board_reads_no_case_that_it_does_not_show(who: str, measured: Measured) -> None:
    """Lights are counted along the index of open cases, however many have ended; the late and the map are read in its order."""
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads a small table says nothing of a large one")
    client = measured.scene.browser(who)
    forget()
    for sql, plan in _plans(client, "/board/piece/"):
        assert _index_of(plan) == "INDEX cases_case_open_due", sql
    points, clusters = _plans(client, "/board/cases.geojson")  # there are more than are drawn singly
    assert _index_of(points[1]) == "INDEX cases_case_open_due"
    assert not [row[3] for row in points[1] if _BAD_ON_SQLITE.search(row[3])]
    assert _index_of(clusters[1]) == "INDEX cases_case_open_tile", clusters[1]


@pytest.mark.parametrize("who", ["supervisor", "hu"])
def test_the_signs_of_a_map_are_counted_along_the_index_of_open_cases(who: str, measured: Measured) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads a small table says nothing of a large one")
    counted, _listed = _plans(measured.scene.browser(who), f"{SEEN}&under={measured.scene.town.community.code}")
    assert _index_of(counted[1]) == "INDEX cases_case_open_tile", counted[1]


def test_the_moves_of_a_day_are_found_by_their_day(measured: Measured) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads a small table says nothing of a large one")
    day = timezone.localdate().isoformat()
    for what in ("received", "closed"):
        for sql, plan in _plans(measured.scene.browser("chen"), f"/board/day/?what={what}&day={day}", "cases_step"):
            assert any("cases_step_move_day" in row[3] for row in plan), f"{plan}\n{sql}"


def _index_of(plan: list[Any]) -> str:
    """What the first read of SQLite's plan goes by."""
    found = re.search(r"USING ((?:COVERING )?INDEX \w+)", " ".join(row[3] for row in plan))
    assert found, plan
    return found[1]


def _is_bad(node: dict[str, Any]) -> bool:
    """PostgreSQL sorts a handful of rows where it knows that there are no more; that costs nothing."""
    kind, inner = node["Node Type"], node.get("Plans", [node])
    return kind == "Seq Scan" or (kind in _BAD_ON_POSTGRESQL and max(one["Actual Rows"] for one in inner) > _READ)


@pytest.mark.parametrize(("who", "elsewhere"), [("supervisor", 1), ("wang", 1), ("chen", 3)])
def test_the_queue_reads_no_more_rows_than_it_shows(who: str, elsewhere: int, measured: Measured) -> None:
    """A precinct reads past the cases of the others, which the index tells it without the row; `elsewhere` allows for them."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite does not tell how many rows it read; the plan is looked at above")
    for sql, plan in _plans(measured.scene.browser(who), "/desk/cases/"):
        scans = [node for node in _nodes(plan) if "Scan" in node["Node Type"]]
        read = sum(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in scans)
        assert read <= _READ * elsewhere, sql


def test_what_waits_for_who_approves_is_found_among_the_drafts_alone(measured: Measured) -> None:
    """However many wait to be closed: of 1,827 at a million cases each was looked at for the few with a draft."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite does not tell how many rows it read; the plan is looked at above")
    client = measured.scene.browser("supervisor")
    for address in ("/desk/cases/?waits=me", "/desk/"):
        found = [(sql, plan) for sql, plan in _plans(client, address) if "answer_waits" in sql.partition(" WHERE ")[2]]
        assert found, address
        for sql, plan in found:
            scans = [node for node in _nodes(plan) if "Scan" in node["Node Type"]]
            assert "cases_case_draft" in str(plan), sql
            assert sum(node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in scans) <= _READ, sql
