"""Many cases at once: ticked in the queue, looked at, done one by one; a refused one stops no other, and a form sent twice counts once."""

import re
from html import unescape

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.accounts.testing import signed_in
from shequtong.audit.models import Entry
from shequtong.cases.models import Bulk, Case, Step
from shequtong.cases.scheduled import forget_lists
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import accept_case, ask_bulk, dispatch_case, work_bulk
from shequtong.cases.usecases.ask_bulk import MOST, CannotAsk, Line
from shequtong.cases.usecases.forget_bulks import FORGOTTEN
from shequtong.cases.views.moves.dispatching import suggested_station
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.testing.statements import count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
ACCEPT, DISPATCH = "/desk/cases/bulk/accept/", "/desk/cases/bulk/dispatch/"


def some(town: Town, stage: Stage, n: int = 3) -> list[Case]:
    return [make_case(town, stage=stage, now=timezone.now()) for _each in range(n)]


def ticked(client: Client, address: str, cases: list[Case], **more: str) -> dict[str, object]:
    """The form as the page that looks gives it."""
    page = client.get(address, {"case": [case.number for case in cases], **more}).content.decode()
    found: dict[str, object] = {
        name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    }
    for name, options in re.findall(r'<select name="(to-[^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\d+)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {**found, "case": re.findall(r'name="case" value="([^"]+)" checked', page)}


def stages(cases: list[Case]) -> list[str]:
    return [Case.objects.get(pk=case.pk).stage for case in cases]


def result(client: Client, answer: HttpResponseBase) -> str:
    assert answer.status_code == 302
    return client.get(answer.headers["Location"]).content.decode()


def test_the_queue_has_a_box_where_something_can_be_done(town: Town) -> None:
    (new,), (given,) = some(town, Stage.REGISTERED, 1), some(town, Stage.DISPATCHED, 1)
    for who, boxes in (("lin", [new]), ("wang", [given]), ("sun", []), ("gao", []), ("xu", [])):
        page = signed_in(town.accounts[who]).get("/desk/cases/").content.decode()
        assert re.findall(r'name="case" value="([^"]+)"', page) == [case.number for case in boxes], who
        assert (DISPATCH in page) == (boxes == [new])
        assert (ACCEPT in page) == (boxes == [given])
    whole = signed_in(town.accounts["wang"]).get("/desk/cases/?reach=all").content.decode()
    assert 'name="case"' not in whole


def test_many_are_dispatched_each_to_the_station_of_the_duty_list(town: Town) -> None:
    cases, client = some(town, Stage.REGISTERED), signed_in(town.accounts["lin"])
    form = ticked(client, DISPATCH, cases, back="stage=registered&after=1_2")
    assert form["case"] == [case.number for case in cases]
    assert {form[f"to-{case.number}"] for case in cases} == {str(suggested_station(cases[0]))}
    form |= {f"to-{cases[2].number}": str(town.police.pk), "note": "请尽快到场"}
    answers = [client.post(DISPATCH, form) for _press in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    page = result(client, answers[0])
    assert stages(cases) == [Stage.DISPATCHED] * 3
    assert Case.objects.get(pk=cases[2].pk).lead_station_id == town.police.pk
    assert Case.objects.get(pk=cases[0].pk).lead_station_id == suggested_station(cases[0])
    assert Step.objects.filter(move="dispatch", note="请尽快到场").count() == 3
    assert Bulk.objects.count() == Entry.objects.filter(what="cases.ask_bulk").count() == 1
    assert Entry.objects.filter(what="cases.dispatch").count() == 3
    assert "/desk/cases/?stage=registered" in page
    assert "after=" not in page
    assert "shape-cross" not in page  # nothing is refused by the second press


def test_one_that_is_refused_stops_no_other_and_says_why(town: Town) -> None:
    cases, client = some(town, Stage.REGISTERED, 4), signed_in(town.accounts["lin"])
    form = ticked(client, DISPATCH, cases) | {f"to-{cases[3].number}": ""}
    dispatch_case(number=cases[1].number, to=town.urban.pk, by=town.chen, now=timezone.now())
    absent = "SS-2026-999999-" + "X"
    form |= {"case": [*[case.number for case in cases], absent], f"to-{absent}": str(town.police.pk)}
    page = result(client, client.post(DISPATCH, form))
    assert stages(cases) == [Stage.DISPATCHED, Stage.DISPATCHED, Stage.DISPATCHED, Stage.REGISTERED]
    assert Case.objects.get(pk=cases[1].pk).lead_station_id == town.urban.pk  # what the other chose
    for words in (
        _("Somebody else has worked on this case meanwhile. Please look at both before you send."),
        _("No station was chosen."),
        _("No such case within your reach."),
    ):
        assert words in page
    assert absent in page


def test_a_station_accepts_many_at_once(town: Town) -> None:
    cases, client = some(town, Stage.DISPATCHED, 2), signed_in(town.accounts["wang"])
    accept_case(number=cases[0].number, by=town.wang, now=timezone.now())
    looked = client.get(ACCEPT, {"case": [case.number for case in cases]}).content.decode()
    assert _("Left as it is") in looked
    result(client, client.post(ACCEPT, ticked(client, ACCEPT, cases)))
    assert stages(cases) == [Stage.HANDLING] * 2
    assert Case.objects.get(pk=cases[1].pk).assignee_account_id == town.accounts["wang"].pk


def test_nobody_reaches_further_than_one_by_one(town: Town) -> None:
    (case,), client = some(town, Stage.REGISTERED, 1), signed_in(town.accounts["gao"])
    told = ticked(client, DISPATCH, [case])
    assert told["case"] == []
    assert case.title not in client.get(DISPATCH, {"case": case.number}).content.decode()
    page = result(client, client.post(DISPATCH, {**told, "case": case.number, f"to-{case.number}": town.police.pk}))
    assert _("No such case within your reach.") in page
    assert case.title not in page
    assert stages([case]) == [Stage.REGISTERED]
    for who, address in (("wang", DISPATCH), ("lin", ACCEPT), ("xu", DISPATCH), ("qian", ACCEPT)):
        assert signed_in(town.accounts[who]).get(address).status_code == 404
    with pytest.raises(Forbidden):
        ask_bulk(verb="accept", lines=[Line(case.number)], by=town.lin, now=MORNING)
    with pytest.raises(Forbidden):
        ask_bulk(verb="void", lines=[Line(case.number)], by=town.chen, now=MORNING)


def test_nothing_and_too_much_are_refused(town: Town) -> None:
    client = signed_in(town.accounts["lin"])
    back = client.get(DISPATCH, {"back": "stage=registered"})
    assert back.headers["Location"] == "/desk/cases/?stage=registered"  # said on the list itself
    assert (
        _("No case is ticked. Tick cases in the list, then choose what to do.")
        in client.get(back.headers["Location"]).content.decode()
    )
    for lines in ([], [Line(f"SS-2026-{serial:06}-A") for serial in range(MOST + 1)]):
        with pytest.raises(CannotAsk):
            ask_bulk(verb="dispatch", lines=lines, by=town.lin, now=MORNING)


def test_what_was_broken_off_goes_on_and_is_ones_own(town: Town) -> None:
    cases = some(town, Stage.DISPATCHED, 2)
    bulk = ask_bulk(verb="accept", lines=[Line(case.number) for case in cases], by=town.wang, now=timezone.now())
    client, address = signed_in(town.accounts["wang"]), f"/desk/cases/bulk/{bulk.pk}/"
    page = client.get(address).content.decode()
    assert _("Broken off before the end") in page
    key = page.split('name="submit_key" value="')[1].split('"')[0]
    assert client.post(address, {"submit_key": key}).status_code == 302
    assert stages(cases) == [Stage.HANDLING] * 2
    assert _("Broken off before the end") not in client.get(address).content.decode()
    for who in ("chen", "zhou", "gao"):
        assert signed_in(town.accounts[who]).get(address).status_code == 404
    with pytest.raises(Forbidden):
        work_bulk(bulk_id=bulk.pk, by=town.zhou, now=MORNING)


def test_looking_costs_the_same_for_one_and_for_fifty(town: Town) -> None:
    cases, client = some(town, Stage.REGISTERED, 12), signed_in(town.accounts["lin"])
    client.get("/desk/cases/")
    found = []
    for n in (1, 12):
        with count_statements() as seen:
            client.get(DISPATCH, {"case": [case.number for case in cases[:n]]})
        found.append(seen.warm.total)
    assert found[0] == found[1] <= 4
    bulk = ask_bulk(verb="dispatch", lines=[Line(case.number) for case in cases], by=town.lin, now=timezone.now())
    with count_statements() as seen:
        client.get(f"/desk/cases/bulk/{bulk.pk}/")
    assert seen.warm.total <= 5


def test_old_lists_are_forgotten(town: Town) -> None:
    (case,) = some(town, Stage.DISPATCHED, 1)
    ask_bulk(verb="accept", lines=[Line(case.number)], by=town.wang, now=MORNING)
    assert forget_lists(MORNING + FORGOTTEN / 2) == 0
    assert forget_lists(MORNING + FORGOTTEN) == 1
    assert Bulk.objects.count() == 0
