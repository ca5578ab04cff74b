"""People and posts on the desk: found by name, post, place, telephone and page; appointed, stood in for, ended with what is left in hand."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.lookups import Filters, appointments
from shequtong.access.models import Appointment
from shequtong.access.testing import browser_of, make_actor, make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.organizations.models import DutyShift
from shequtong.organizations.usecases.add_duty import add_duty
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def text(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def post_of(town: Town, who: str) -> Appointment:
    return Appointment.objects.get(account_id=town.accounts[who].pk)


def test_the_list_shows_ones_reach_and_no_more(town: Town) -> None:
    supervisor, gao = signed_in(town.accounts["supervisor"]), signed_in(town.accounts["gao"])
    page = text(supervisor, "/desk/people/")
    assert all(name in page for name in ("陈立", "林洁", "王强", "丁岚"))
    assert "高远" not in page
    assert "白雪" not in page  # her post is over
    theirs = text(gao, "/desk/people/")
    assert "高远" in theirs
    assert "林洁" not in theirs
    assert gao.get(f"/desk/people/{post_of(town, 'lin').pk}/").status_code == 404
    assert "白雪" in text(supervisor, "/desk/people/?state=over")
    assert gettext("Appoint somebody") not in text(signed_in(town.accounts["chen"]), "/desk/people/")


@pytest.mark.parametrize(
    "asked", ["q=林", "q=lin+jie", "q=PHONE", "role=dispatcher", "under=320505002P1&role=dispatcher", "q=林&under=nonsense"]
)
def test_it_is_narrowed_by_each_filter(town: Town, asked: str) -> None:
    phone = town.accounts["lin"].phone.reveal()
    page = text(signed_in(town.accounts["supervisor"]), f"/desk/people/?{asked.replace('PHONE', phone)}")
    assert "林洁" in page
    assert "何军" not in page


def test_filters_that_fit_nobody_say_so(town: Town) -> None:
    browser = signed_in(town.accounts["supervisor"])
    for asked in ("q=没有这个人", "q=13900009999", f"station={town.urban.pk}&role=clerk", "under=320505002015002"):
        assert gettext("Nobody fits these filters") in text(browser, f"/desk/people/?{asked}")
    assert "周涛" in text(browser, f"/desk/people/?station={town.urban.pk}")
    for nonsense in ("after=x_99999999999999999999", "after=%00_1", "before=_", "role=x&station=y"):
        assert browser.get(f"/desk/people/?{nonsense}").status_code == 200


def test_pages_go_on_where_the_one_before_ended(town: Town) -> None:
    for serial in range(7):
        make_appointment(make_account(f"梁{serial % 2}", staff=True), "clerk", town.grid)
    today, seen, after = timezone.localdate(), list[int](), None
    while True:
        page = appointments(town.supervisor, Filters(), today, after=after, page=4)
        seen += [row.pk for row in page.rows]
        if page.next is None:
            break
        after = page.next
    assert (
        len(seen) == len(set(seen)) == Appointment.objects.lasting(today).filter(subdistrict=town.street.subdistrict_id).count()
    )
    back = appointments(town.supervisor, Filters(), today, before=page.previous, page=4)
    assert [row.pk for row in back.rows] == seen[-len(page.rows) - 4 : -len(page.rows)]


def test_the_list_costs_the_same_however_long(town: Town) -> None:
    browser = signed_in(town.accounts["supervisor"])
    browser.get("/desk/people/")
    with count_statements() as few:
        browser.get("/desk/people/")
    for serial in range(60):
        make_appointment(make_account(f"梁{serial}", staff=True), "clerk", town.grid)
    browser.get("/desk/people/")
    with count_statements() as many:
        assert "after=" in browser.get("/desk/people/").content.decode()
    assert few.warm.total == many.warm.total <= 4, many.listing


def test_somebody_new_is_appointed_and_found(town: Town) -> None:
    browser, today = signed_in(town.accounts["supervisor"]), timezone.localdate().isoformat()
    told = {"phone": "13800002222", "name": "梁静", "role": "station_handler", "station": town.urban.pk, "starts_on": today}
    answer = browser.post("/desk/people/new/", told)
    assert answer.status_code == 302
    page = text(browser, answer.headers["Location"])
    assert "梁静" in page
    assert "138****2222" in page
    assert "13800002222" not in page
    assert Account.objects.with_phone("13800002222")


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "12"},
        {"name": ""},
        {"role": "subdistrict_supervisor"},
        {"role": "system_admin"},
        {"place": ""},
        {"place": "320505004"},
        {"role": "station_head"},
        {"ends_on": "2020-01-01"},
        {"starts_on": "0001-01-01"},
    ],
)
def test_what_cannot_be_comes_back_with_its_reason(town: Town, wrong: dict[str, str]) -> None:
    told = {"phone": "13800002222", "name": "梁静", "role": "clerk", "place": town.grid.code, "starts_on": "2026-01-01"}
    answer = signed_in(town.accounts["supervisor"]).post("/desk/people/new/", told | wrong)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode() or "alert" in answer.content.decode()
    assert not Account.objects.with_phone("13800002222")


def test_the_security_administrator_chooses_a_street_first(town: Town) -> None:
    browser, code = browser_of(make_actor("security_admin")), town.next_street.code
    assert f"?street={code}" in text(browser, "/desk/people/new/")
    told = {
        "phone": town.accounts["bai"].phone.reveal(),
        "role": "subdistrict_supervisor",
        "place": code,
        "starts_on": "2026-01-01",
    }
    assert browser.post(f"/desk/people/new/?street={code}", told).status_code == 302
    assert Appointment.objects.get(role="subdistrict_supervisor", unit=town.next_street).account_name == "白雪"


def test_a_deputy_stands_in_on_days_and_says_for_whom(town: Town) -> None:
    browser, post, today = signed_in(town.accounts["supervisor"]), post_of(town, "chen"), timezone.localdate()
    path = f"/desk/people/{post.pk}/deputy/"
    assert "沈明" in text(browser, path)
    told = {
        "person": town.accounts["shen"].pk,
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
    }
    for wrong in ({"person": town.accounts["gao"].pk}, {"ends_on": ""}, {"ends_on": "2020-01-01"}):
        assert browser.post(path, told | wrong).status_code == 422
    assert browser.post(path, told).status_code == 302
    deputy = Appointment.objects.get(stands_in_for=post)
    assert deputy.account_name == "沈明"
    assert "陈立" in text(browser, f"/desk/people/{deputy.pk}/")
    assert "沈明" in text(browser, f"/desk/people/{post.pk}/end/")
    assert browser.get(f"/desk/people/{deputy.pk}/deputy/").status_code == 404


def test_ending_lists_what_is_in_hand_and_takes_duty_off(town: Town) -> None:
    number = make_case(town, stage=Stage.HANDLING).number
    wang, now, browser = town.accounts["wang"], timezone.now(), signed_in(town.accounts["supervisor"])
    station = {"station_id": town.police.pk, "account_id": wang.pk, "name": "王强", "by": town.wang, "now": now}
    add_duty(first=date(2099, 1, 1), last=date(2099, 1, 2), begins=time(18), ends=time(8), **station)
    usecases.assign_case(number=number, account_id=wang.pk, by=town.wang, now=now)
    path = f"/desk/people/{post_of(town, 'wang').pk}/end/"

    page = text(browser, path)
    assert number in page
    assert "2099-01-01" in page
    assert gettext("Nobody else holds this post here") in page
    assert gettext("Nothing is left in this person's hands") not in page
    unseen = text(browser_of(make_actor("security_admin")), path)
    assert number not in unseen  # an administrator sees no case, but how many there are
    assert "2099-01-01" in unseen

    assert browser.post(path, {"reason": " "}).status_code == 422
    assert browser.post(path, {"reason": "调离"}).status_code == 302
    assert not DutyShift.objects.filter(removed_at=None).exists()
    assert browser.get(path).status_code == 404
    assert signed_in(wang).get(f"/desk/cases/{number}/").status_code == 404


def test_who_has_nothing_in_hand_leaves_nothing(town: Town) -> None:
    make_appointment(make_account("梁静"), "dispatcher", town.precinct)
    browser = signed_in(town.accounts["supervisor"])
    page = text(browser, f"/desk/people/{post_of(town, 'lin').pk}/end/")
    assert gettext("Nothing is left in this person's hands") in page
    assert gettext("Nobody else holds this post here") not in page


def test_nobody_ends_their_own_post_or_one_of_the_next_street(town: Town) -> None:
    supervisor = signed_in(town.accounts["supervisor"])
    for who in ("supervisor", "gao"):
        assert supervisor.post(f"/desk/people/{post_of(town, who).pk}/end/", {"reason": "x"}).status_code == 404
        assert supervisor.get(f"/desk/people/{post_of(town, who).pk}/deputy/").status_code == 404
    gao = signed_in(town.accounts["gao"])
    assert gao.post(f"/desk/people/{post_of(town, 'lin').pk}/end/", {"reason": "x"}).status_code == 404
    assert not Appointment.objects.exclude(ended_at=None).exists()


def test_the_system_administrator_opens_accounts(town: Town) -> None:
    browser = browser_of(make_actor("system_admin"))
    assert browser.post("/desk/people/accounts/new/", {"phone": "13800002222", "name": "梁静"}).status_code == 302
    account = Account.objects.with_phone("13800002222")
    assert account is not None
    assert account.is_staff_member
    assert browser.post("/desk/people/accounts/new/", {"phone": "13800002222", "name": "梁静"}).status_code == 422
    assert browser.get(f"/desk/people/{post_of(town, 'lin').pk}/end/").status_code == 404
