"""The queue by its filters: how far it reaches, whose cases and where; each stage within all that the post may see."""

import re
from html import unescape
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.forms.filters import FilterForm
from shequtong.cases.lookups import Filters, capped_count, queue
from shequtong.cases.models import Case, Party
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import urge_case
from shequtong.cases.workflow import ENDED_STAGES, Stage
from shequtong.core.clock.nearness import by_when
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, STREET, Town


def numbers(town: Town, who: str, address: str = "/desk/cases/") -> set[str]:
    """The cases on a page of the queue."""
    page = signed_in(town.accounts[who]).get(address).content.decode()
    return set(re.findall(r'<tr id="case-([^"]+)"', page))


def links(town: Town, who: str, address: str = "/desk/cases/") -> dict[str, str]:
    """The switch of the queue, by its words."""
    page = signed_in(town.accounts[who]).get(address).content.decode()
    return {words: unescape(url) for url, words in re.findall(r'class="tabs__tab" href="([^"]*)"[^>]*>([^<]+)', page)}


def assisted_and_closed(town: Town) -> Case:
    """A closed case that the police led and urban management assisted with."""
    case = make_case(town, stage=Stage.HANDLING)
    usecases.ask_assistance(number=case.number, station_id=town.urban.pk, task="请协助清理", by=town.wang, now=MORNING)
    usecases.answer_assistance(
        number=case.number, station_id=town.urban.pk, done=True, answer="已清理", by=town.zhou, now=MORNING
    )
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED, closed_at=MORNING)
    return case


@pytest.mark.parametrize("who", ["wang", "zhou", "chen", "supervisor"])
def test_the_closed_ones_are_among_all(who: str, town: Town) -> None:
    case = assisted_and_closed(town)
    actor = town.actor(who)
    everything = {row.pk for row in queue(actor, Filters(stage="all"), MORNING).rows}
    closed = {row.pk for row in queue(actor, Filters(stage="closed"), MORNING).rows}
    assert closed == everything == {case.pk}
    assert capped_count(actor, Filters(stage="closed"), MORNING) == 1
    assert queue(actor, Filters(), MORNING).rows == []


@pytest.mark.parametrize("stage", ENDED_STAGES)
def test_a_station_finds_what_it_once_had_under_each_end(stage: Stage, town: Town) -> None:
    case = assisted_and_closed(town)
    Case.objects.filter(pk=case.pk).update(stage=stage)
    for who, seen in (("zhou", {case.number}), ("ma", set()), ("gao", set())):
        assert numbers(town, who, f"/desk/cases/?stage={stage}") == numbers(town, who, "/desk/cases/?stage=all") == seen


def test_what_a_station_sent_back_is_none_of_its_work(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    usecases.send_back_case(number=case.number, reason="不属于本单位职责", by=town.wang, now=MORNING)
    assert numbers(town, "wang") == set()
    assert numbers(town, "wang", "/desk/cases/?stage=all") == {case.number}


def test_the_whole_street_is_one_link_away_and_back(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    with override("zh-hans"):
        mine, whole = gettext("My reach"), gettext("Whole street, headers only")
    found = links(town, "ma", "/desk/cases/?stage=registered")
    assert found == {mine: "?stage=registered", whole: "?stage=registered&reach=all"}
    assert numbers(town, "ma", f"/desk/cases/{found[mine]}") == set()
    page = signed_in(town.accounts["ma"]).get(f"/desk/cases/{found[whole]}").content.decode()
    assert case.number in page
    assert case.title not in page
    assert '<input type="hidden" name="reach" value="all"' in page
    assert f"/desk/cases/{links(town, 'ma', f'/desk/cases/{found[whole]}')[mine]}" == "/desk/cases/?stage=registered"


@pytest.mark.parametrize("who", ["xu", "sun", "supervisor"])
def test_no_switch_where_it_would_change_nothing(who: str, town: Town) -> None:
    assert links(town, who) == {}


def test_by_station(town: Town) -> None:
    led, waiting = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.REGISTERED)
    assert numbers(town, "chen") == {led.number, waiting.number}
    assert numbers(town, "chen", f"/desk/cases/?station={town.police.pk}") == {led.number}
    assert numbers(town, "chen", f"/desk/cases/?station={town.urban.pk}") == set()


def test_by_community_and_grid(town: Town) -> None:
    case = make_case(town)
    for code, seen in (("320505002015", {case.number}), ("320505002015001", {case.number}), ("320505002015002", set())):
        assert numbers(town, "supervisor", f"/desk/cases/?under={code}") == seen
        assert numbers(town, "ma", f"/desk/cases/?reach=all&under={code}") == seen


def test_offers_what_lies_within_reach(town: Town) -> None:
    def offered(who: str, permission: str = "cases.view", **typed: str) -> dict[str, list[object]]:
        form = FilterForm(typed, reach=town.actor(who).reach(permission))
        return {
            name: [value for value, _label in cast("Any", form.fields[name]).choices]
            for name in ("station", "under")
            if name in form.fields
        }

    assert str(town.police.pk) in offered("chen")["station"]
    assert str(town.next_police.pk) not in offered("chen")["station"]
    assert offered("chen")["under"] == ["", "320505002015", "320505002015001", "320505002015002"]
    assert offered("he").keys() == {"station"}  # one grid: nothing to choose
    assert offered("wang") == {}
    assert str(town.urban.pk) in offered("wang", "cases.view_header")["station"]


@pytest.mark.parametrize("address", ["?under=320505004001", "?under=x", "?station=x", "?station=999", "?reach=x&light=x"])
def test_nonsense_and_what_lies_elsewhere_filters_nothing_and_the_rest_holds(address: str, town: Town) -> None:
    case, _registered = make_case(town), make_case(town, stage=Stage.REGISTERED)
    assert numbers(town, "chen", f"/desk/cases/{address}&stage=intake") == {case.number}
    assert numbers(town, "gao", f"/desk/cases/{address}&stage=intake") == set()


def test_the_pager_and_the_export_keep_the_filters(town: Town) -> None:
    for _each in range(2):
        make_case(town, stage=Stage.HANDLING)
    address = f"?station={town.police.pk}&under={town.grid.code}&reach=all"
    page = signed_in(town.accounts["chen"]).get(f"/desk/cases/{address}").content.decode()
    assert unescape(re.findall(r'name="query" value="([^"]*)"', page)[0]) == address[1:]


def test_filters_cost_no_statement_more(town: Town) -> None:
    make_case(town, stage=Stage.HANDLING)
    browser = signed_in(town.accounts["chen"])
    totals = []
    for address in ("", f"?station={town.police.pk}&under={town.grid.code}", "?reach=all"):
        browser.get(f"/desk/cases/{address}")
        with count_statements() as seen:
            browser.get(f"/desk/cases/{address}")
        totals.append(seen.warm.total)
    assert len(set(totals)) == 1


def test_how_many_there_are_how_late_each_is_and_whether_it_was_urged(town: Town) -> None:
    late, _early = make_case(town, stage=Stage.REGISTERED), make_case(town, stage=Stage.REGISTERED, now=timezone.now())
    urge_case(number=late.number, requirement="请尽快派遣", by=town.chen, now=timezone.now())
    page = signed_in(town.accounts["lin"]).get("/desk/cases/").content.decode()
    row = page.partition(f'id="case-{late.number}"')[2].partition("</tr>")[0]
    assert by_when(late.due_at, timezone.now(), ZoneInfo("Asia/Shanghai")) in row
    assert ngettext("urged %(n)s time", "urged %(n)s times", 1) % {"n": 1} in row
    assert ngettext("%(total_said)s case", "%(total_said)s cases", 2) % {"total_said": 2} in page
    assert "<details" in page.partition("filters__fields")[2].partition('name="cls"')[0]


def test_a_station_pages_to_the_end_of_what_it_had_though_others_had_it_too(town: Town) -> None:
    cases = [make_case(town, stage=Stage.CLOSED) for _each in range(6)]
    for case in cases:  # two stations had each
        Party.objects.create(subdistrict_id=STREET, case=case, station=town.urban, part="assist", since=case.reported_at)
    found: list[int] = []
    filters = Filters(stage="closed")
    for _page in range(6):
        page = queue(town.wang, filters, timezone.now(), page=2)
        found += [row.pk for row in page.rows]
        if page.next is None:
            break
        filters = Filters(stage="closed", after=page.next)
    assert found == sorted(case.pk for case in cases)
    back = queue(town.wang, Filters(stage="closed", before=(page.rows[0].due_at, page.rows[0].pk)), timezone.now(), page=2)
    assert [row.pk for row in back.rows] == found[2:4]
