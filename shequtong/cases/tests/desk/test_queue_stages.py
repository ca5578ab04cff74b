"""Counts by stage above the queue: those of the figures, as the list has them, for the reach and the filters that figures know."""

import re
from html import unescape

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.figures.usecases import fold_deltas
from shequtong.testing.plans import plans
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db


def chips(town: Town, who: str, query: str = "") -> dict[str, tuple[int, str]]:
    """The stages with their counts and addresses, by their words."""
    page = signed_in(town.accounts[who]).get(f"/desk/cases/{query}").content.decode()
    found = re.findall(r'<a class="chip" href="([^"]*)"[^>]*>([^<]+) <strong>(\d+)</strong>', page)
    return {words: (int(n), unescape(url)) for url, words, n in found}


def rows(town: Town, who: str, query: str) -> int:
    return signed_in(town.accounts[who]).get(f"/desk/cases/{query}").content.decode().count('<tr id="case-')


def played(town: Town) -> None:
    for stage in (Stage.INTAKE, Stage.REGISTERED, Stage.REGISTERED, Stage.HANDLING, Stage.CLOSED):
        case = make_case(town, stage=stage)
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助清理", by=town.wang, now=MORNING)


def test_each_count_is_that_of_the_list_it_opens(town: Town) -> None:
    played(town)
    for fold in (False, True):
        if fold:
            fold_deltas(subdistrict_id=STREET)
        for who, total in (("chen", 5), ("supervisor", 5), ("wang", 2), ("zhou", 1), ("hu", 5)):
            found = chips(town, who)
            assert max(n for n, _url in found.values()) == total, who
            for n, url in found.values():
                assert rows(town, who, url if url != "?" else "") == n, (who, url)
    assert chips(town, "gao") == {}


def test_filters_of_place_class_and_station_are_kept_and_counted(town: Town) -> None:
    played(town)
    query = f"?station={town.police.pk}&under={town.grid.code}&cls=L01&stage=handling"
    for n, url in chips(town, "chen", query).values():
        assert rows(town, "chen", url) == n
        assert f"station={town.police.pk}" in url
    assert chips(town, "chen", "?cls=nonsense") == {} or all(n == 0 for n, _url in chips(town, "chen", "?cls=L02").values())


def test_what_the_figures_do_not_know_is_not_counted(town: Town) -> None:
    played(town)
    for query in ("?light=red", "?waits=me"):
        assert chips(town, "chen", query) == {}
    assert chips(town, "wang", "?mine=me") == {}


def test_no_case_is_counted(town: Town) -> None:
    played(town)
    client = signed_in(town.accounts["chen"])
    with plans("cases_case") as found:
        client.get("/desk/cases/")
    assert not [sql for sql, _plan in found if "COUNT(" in sql or "GROUP BY" in sql]
