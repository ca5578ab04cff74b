"""The workbench: each post reads first what waits for it, with its verb; nobody reads another's, and a number opens the list it counts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.html import strip_tags

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.lookups import Filters, counted_by_stage, queue
from shequtong.cases.lookups.waits import COLLEAGUES, ME, OWN, TAKE_UP
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewCase
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

NOW = datetime.now(UTC)
AGO = NOW - timedelta(hours=1)


def page_of(town: Town, who: str) -> str:
    """The workbench of one of the cast."""
    return signed_in(town.accounts[who]).get("/desk/").content.decode()


def waiting(town: Town, who: str, waits: str = ME) -> set[str]:
    """Numbers of what waits for them."""
    return {case.number for case in queue(town.actor(who), Filters(waits=waits), NOW).rows}


@pytest.mark.parametrize(
    ("stage", "verb", "whom"),
    [
        (Stage.HELD, "admit", {"shen"}),
        (Stage.CONFIRMATION, "confirm", {"sun", "hu", "he"}),
        (Stage.INTAKE, "register", {"shen"}),
        (Stage.REGISTERED, "dispatch", {"lin"}),
        (Stage.DISPATCHED, "accept", {"wang"}),
        (Stage.HANDLING, "handle", {"wang"}),
        (Stage.VERIFICATION, "", {"sun", "hu", "he"}),
        (Stage.CLOSING, "answer", {"shen", "lin"}),
    ],
)
def test_a_case_waits_for_its_next_and_stands_one_press_away(town: Town, stage: Stage, verb: str, whom: set[str]) -> None:
    more = {"held": ("anonymous",)} if stage == Stage.HELD else {"cls": "0101"} if stage == Stage.CONFIRMATION else {}
    number = make_case(town, stage=stage, now=AGO, **more).number
    cast = {"shen", "lin", "sun", "hu", "he", "wang", "zhou", "chen", "supervisor", "xu", "gao"}

    assert {who for who in cast if number in waiting(town, who)} == whom
    for who in whom:
        address = f"/desk/cases/{number}/{verb}/" if verb else f"/desk/cases/{number}/"
        assert re.search(rf'class="button[^"]*button--primary[^"]*" href="{address}"', page_of(town, who)), who
    assert number not in page_of(town, "gao")


def test_who_leads_is_asked_to_decide_and_sees_what_is_late_with_others(town: Town) -> None:
    late = make_case(town, stage=Stage.DISPATCHED, now=NOW - timedelta(days=40)).number
    page = page_of(town, "chen")
    assert f'href="/desk/cases/{late}/urge/"' in page
    assert f'href="/desk/cases/{late}/accept/"' not in page
    assert late not in waiting(town, "chen")
    twice = make_case(town, stage=Stage.DISPATCHED, now=AGO)
    usecases.send_back_case(number=twice.number, reason="不属本单位", by=town.wang, now=NOW)
    usecases.dispatch_case(number=twice.number, to=town.urban.pk, by=town.lin, now=NOW)
    usecases.send_back_case(number=twice.number, reason="不属本单位", by=town.zhou, now=NOW)
    assert waiting(town, "chen") == waiting(town, "supervisor") == {twice.number}
    assert f'href="/desk/cases/{twice.number}/decide/"' in page_of(town, "chen")


def test_mine_apart_from_my_stations(town: Town) -> None:
    town.accounts["wu"] = make_account("吴迪", staff=True)
    make_appointment(town.accounts["wu"], "station_handler", town.precinct, town.police)
    mine, new, theirs = (
        make_case(town, stage=stage, now=AGO).number for stage in (Stage.HANDLING, Stage.DISPATCHED, Stage.HANDLING)
    )
    usecases.assign_case(number=theirs, account_id=town.accounts["wu"].pk, by=town.wang, now=NOW)
    assert [waiting(town, "wang", waits) for waits in (OWN, TAKE_UP, COLLEAGUES)] == [{mine}, {new}, {theirs}]
    assert [waiting(town, "wu", waits) for waits in (OWN, TAKE_UP, COLLEAGUES)] == [{theirs}, {new}, {mine}]
    page = page_of(town, "wang")
    assert page.index(mine) < page.index(new) < page.index(theirs)
    assert f'href="/desk/cases/{theirs}/assign/"' in page
    assert f'href="/desk/cases/{theirs}/handle/"' not in page


def test_who_waits_for_the_resident_reads_since_when_and_is_not_asked_to_act(town: Town) -> None:
    asked = make_case(town, stage=Stage.HANDLING, now=NOW - timedelta(days=3)).number
    usecases.ask_reporter(number=asked, text="请问是几单元？", by=town.wang, now=NOW - timedelta(days=2))
    assert asked not in waiting(town, "wang")
    for who in ("wang", "shen", "lin"):
        words = " ".join(strip_tags(page_of(town, who)).split())
        assert "等居民回复: 请问是几单元？" in words, who
        assert "已 2天" in words
    assert "请问是几单元" not in page_of(town, "gao")


def test_nobody_is_asked_to_verify_their_own_work_and_what_was_settled_is_reviewed(town: Town) -> None:
    new = NewCase("0101", "人行道井盖移位", "staff", building_id=town.building.pk, settled="已复位")
    settled = usecases.open_case(new=new, by=town.he, now=NOW).number
    assert settled in waiting(town, "shen")
    assert not any(settled in waiting(town, who) for who in ("he", "hu", "sun"))


@pytest.mark.parametrize("who", ["shen", "lin", "sun", "hu", "he", "wang", "chen", "supervisor"])
def test_the_numbers_are_those_of_the_lists_they_open(town: Town, who: str) -> None:
    for stage in (Stage.INTAKE, Stage.REGISTERED, Stage.DISPATCHED, Stage.HANDLING, Stage.VERIFICATION, Stage.CLOSING):
        make_case(town, stage=stage, now=AGO)
        make_case(town, stage=stage, now=NOW - timedelta(days=40))
    client = signed_in(town.accounts[who])
    page = client.get("/desk/").content.decode()
    chips = re.findall(r'class="chip" href="([^"]+)">.*?<strong>(\d+)</strong>', page, re.S)
    for address, n in chips:
        rows = client.get(address.replace("&amp;", "&")).content.decode()
        assert len(re.findall(r'<tr id="case-', rows)) == int(n), address
    counted = counted_by_stage(town.actor(who), Filters(waits=ME), NOW)
    assert sum(one.n for one in counted.values()) == len(waiting(town, who))


def test_in_another_post_something_waits_too(town: Town) -> None:
    make_appointment(town.accounts["hu"], "dispatcher", town.precinct)
    make_case(town, stage=Stage.REGISTERED, now=AGO)
    client = signed_in(town.accounts["hu"])
    client.get("/desk/")
    with count_statements() as asked:
        page = client.get("/desk/").content.decode()
    assert re.search(r'name="appointment" value="\d+">.*?class="count">1</span>', page, re.S)
    assert len([one for one in asked.statements if '"core_revision"' not in one.sql]) <= 10, asked.listing


def test_who_sees_headers_reads_no_words(town: Town) -> None:
    late = make_case(town, stage=Stage.HANDLING, now=NOW - timedelta(days=40))
    page = page_of(town, "xu")
    assert late.number in page
    assert late.title not in page
    assert Case.objects.get(pk=late.pk, subdistrict=late.subdistrict_id).title == late.title


def test_administrators_are_led_to_where_they_work(town: Town) -> None:
    for role, where in ((one, "/desk/administration/") for one in ("system_admin", "security_admin", "audit_admin")):
        account = make_account(f"管理员{role}", staff=True)
        make_appointment(account, role, town.district)
        answer = signed_in(account).get("/desk/")
        assert (answer.status_code, answer.headers.get("Location")) == (302, where)
    assert signed_in(town.accounts["qian"]).get("/desk/").status_code == 404
