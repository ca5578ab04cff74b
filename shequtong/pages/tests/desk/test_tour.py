"""The first day (上手引导): every role has five steps, every one of them opens for its cast and outlines what it means; kept with the account; help beside it."""

import re
from datetime import date

import pytest
from django.test import Client

from shequtong.access import roles
from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.accounts.usecases.keep_guide import MOST, keep_guide
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import MAIN_LINE, Stage
from shequtong.core.refusals import Forbidden
from shequtong.pages.tours import TOURS, tour_of
from shequtong.testing.statements import Seen, count_statements
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
CAST = {
    "acceptor": "shen",
    "dispatcher": "lin",
    "inspector": "sun",
    "community_worker": "hu",
    "grid_worker": "he",
    "station_head": "wang",
    "station_handler": "ma",
    "precinct_head": "chen",
    "subdistrict_supervisor": "supervisor",
    "clerk": "xu",
}


def holder(town: Town, role: str) -> Account:
    """The member of the cast in this role, or somebody appointed to it."""
    if role in CAST:
        return town.accounts[CAST[role]]
    account = make_account(role, staff=True)
    make_appointment(account, role, town.district if role == "district_viewer" else None)
    return account


def cost(seen: Seen) -> int:
    """How many statements, without the look whether shared tables changed, once a second."""
    return sum("core_revision" not in one.sql for one in seen.statements)


def key(client: Client, address: str) -> str:
    return (
        client.get(address).content.decode().split('action="/desk/tour/"')[1].split('name="submit_key" value="')[1].split('"')[0]
    )


def press(client: Client, address: str, **told: str) -> str:
    """Press a button of the card on a page; where it leads."""
    answer = client.post("/desk/tour/", {"submit_key": key(client, address), **told})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_every_role_has_a_tour_of_five_steps() -> None:
    assert TOURS.keys() == roles.table().roles.keys()
    assert {len(steps) for steps in TOURS.values()} == {5}


@pytest.mark.parametrize("role", sorted(TOURS))
@pytest.mark.parametrize("cases", [False, True], ids=["no case", "cases"])
def test_every_step_opens_and_outlines_what_it_means(town: Town, role: str, cases: bool) -> None:
    if cases:
        for stage in (*MAIN_LINE, Stage.CONFIRMATION):
            make_case(town, stage=stage)
    client = signed_in(holder(town, role))
    for n, step in enumerate(TOURS[role], start=1):
        there = client.get(f"/desk/tour/{n}/", follow=True)
        page = there.content.decode()
        assert there.status_code == 200, step.place
        assert f"第{n}步，共5步" in page, "none of the five is left out"
        assert str(step.title) in page
        assert page.count("data-pointed") == 1, (there.redirect_chain, step.mark)
        assert page.count('id="pointed"') == 1
    assert client.get("/desk/tour/6/").status_code == 404
    assert client.get("/desk/tour/0/").status_code == 404


def test_a_step_about_a_case_shows_a_real_one_within_reach_and_no_other(town: Town) -> None:
    case = make_case(town, stage=Stage.INTAKE)
    shen = signed_in(town.accounts["shen"])
    assert shen.get("/desk/tour/3/").headers["Location"] == f"/desk/cases/{case.number}/?tour=3"
    foreign = make_account("外街受理员", staff=True)
    make_appointment(foreign, "acceptor", town.next_street)
    answer = signed_in(foreign).get("/desk/tour/3/")
    assert answer.headers["Location"] == "/desk/cases/?stage=intake&tour=3"
    assert case.number not in signed_in(foreign).get("/desk/tour/3/", follow=True).content.decode()
    assert signed_in(town.accounts["gao"]).get(f"/desk/cases/{case.number}/?tour=3").status_code == 404


def test_it_stands_on_the_first_page_until_it_is_known_and_costs_nothing(town: Town) -> None:
    lin = signed_in(town.accounts["lin"])
    lin.get("/desk/")
    with count_statements() as first:
        assert "第1步，共5步" in lin.get("/desk/").content.decode()
    assert press(lin, "/desk/", step="1", do="next") == "/desk/"
    assert "第2步，共5步" in signed_in(town.accounts["lin"]).get("/desk/").content.decode()
    assert press(lin, "/desk/", step="2", do="back") == "/desk/"
    assert "第1步，共5步" in lin.get("/desk/").content.decode()
    assert "上手引导" not in lin.get("/desk/cases/").content.decode()
    assert press(lin, "/desk/", step="1", do="known") == "/desk/"
    lin.get("/desk/")
    with count_statements() as then:
        assert "上手引导" not in lin.get("/desk/").content.decode()
    assert cost(then) == cost(first)
    assert Case.objects.count() == 0
    assert press(lin, "/desk/help/", do="again") == "/desk/tour/1/"
    assert "第1步，共5步" in lin.get("/desk/").content.decode()


def test_shown_it_goes_from_page_to_page_and_ends(town: Town) -> None:
    lin = signed_in(town.accounts["lin"])
    assert press(lin, "/desk/?tour=1", step="1", do="next", shown="1") == "/desk/tour/2/"
    there = lin.get("/desk/tour/2/").headers["Location"]
    assert there == "/desk/cases/?stage=registered&tour=2"
    assert press(lin, there, step="2", do="next", shown="1") == "/desk/tour/3/"
    assert press(lin, "/desk/help/?tour=5", step="5", do="next", shown="1") == "/desk/"
    page = lin.get("/desk/").content.decode()
    assert "随时可以再看" in page
    assert "第5步" not in page


def test_administrators_find_it_where_they_begin(town: Town) -> None:
    admin = signed_in(holder(town, "system_admin"))
    assert "第1步，共5步" in admin.get("/desk/", follow=True).content.decode()
    assert press(admin, "/desk/administration/", step="1", do="known") == "/desk/administration/"
    assert "上手引导" not in admin.get("/desk/administration/").content.decode()


def test_each_role_of_one_account_has_its_own(town: Town) -> None:
    chen = town.accounts["chen"]
    keep_guide(guide="precinct_head", step=0, by=town.chen, now=MORNING)
    keep_guide(guide="precinct_head", step=0, by=town.chen, now=MORNING)
    chen.refresh_from_db()
    assert chen.guides == {"precinct_head": 0}
    make_appointment(chen, "inspector", town.precinct, starts_on=date(2026, 1, 1))
    client = signed_in(chen)
    inspector = town.chen.posts[-1]
    session = client.session
    session["appointment"] = str(inspector.appointment_id)
    session.save()
    assert "第1步，共5步" in client.get("/desk/").content.decode()
    for n in range(MOST + 5):
        keep_guide(guide=f"g{n}", step=200, by=town.chen, now=MORNING)
    chen.refresh_from_db()
    assert len(chen.guides) == MOST
    assert max(chen.guides.values()) == 99


def test_who_has_no_post_keeps_none(town: Town) -> None:
    for who in ("qian", "bai"):
        assert signed_in(town.accounts[who]).get("/desk/help/").status_code == 404
    assert Client().get("/desk/help/").status_code == 302
    with pytest.raises(Forbidden):
        keep_guide(guide="", step=1, by=town.chen, now=MORNING)


def test_what_is_sent_and_is_no_step_changes_nothing(town: Town) -> None:
    lin = signed_in(town.accounts["lin"])
    for told in ({"do": "jump"}, {}, {"step": "9"}):
        assert lin.post("/desk/tour/", {"submit_key": key(lin, "/desk/"), **told}).status_code == 404
    press(lin, "/desk/", step="x", do="next")
    assert "第2步，共5步" in lin.get("/desk/").content.decode()
    for asked in ("0", "6", "99", "-1", "²", "一", ""):
        assert "data-pointed" not in lin.get(f"/desk/cases/?tour={asked}").content.decode()


def test_a_step_that_a_street_took_away_is_left_out(town: Town) -> None:
    sun = town.sun.in_use
    assert sun is not None
    less = roles.Role(sun.role.code, sun.role.label, {})
    assert [step.place.name for step in tour_of(type(sun)(**{**sun.__dict__, "role": less}))] == ["pages:help"]


def test_help_says_what_the_post_does_and_links_what_it_may_open(town: Town) -> None:
    for role, who in CAST.items():
        client = signed_in(town.accounts[who])
        client.get("/desk/help/")
        with count_statements() as seen:
            page = client.get("/desk/help/").content.decode()
        assert cost(seen) <= 2
        assert str(roles.table().roles[role].label) in page
        main = page.split("<main")[1]
        links = set(re.findall(r'href="(/[^"#]*)', main))
        assert {"/glossary/", "/desk/keys/", "/desk/tour/5/"} <= links
        assert {client.get(link.replace("&amp;", "&"), follow=True).status_code for link in links} == {200}
    assert 'href="/desk/help/"' in signed_in(town.accounts["lin"]).get("/desk/cases/").content.decode()
    assert 'href="/glossary/"' in Client().get("/").content.decode()
