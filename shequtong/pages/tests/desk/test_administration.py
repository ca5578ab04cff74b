"""What administrators look at: accounts without a post, posts that end soon; a role given too widely is asked about; an end says who and why."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.models import Appointment
from shequtong.access.testing import make_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit.models import Entry
from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town


def administrator(town: Town, role: str) -> Client:
    account = make_account(f"管理员{role}", staff=True)
    make_appointment(account, role, town.district)
    return signed_in(account)


def test_an_account_just_opened_is_found_and_waits_for_a_post(town: Town) -> None:
    system, security = administrator(town, "system_admin"), administrator(town, "security_admin")
    answer = system.post("/desk/people/accounts/new/", {"phone": "13800002222", "name": "钱小明"})
    account = Account.objects.get(shown_name="钱小明")
    assert answer.headers["Location"] == f"/desk/people/accounts/{account.pk}/"
    for browser in (system, security):
        page = browser.get("/desk/people/accounts/?posts=none&q=钱小明").content.decode()
        assert "钱小明" in page
        assert "13800002222" not in page
        assert gettext("Accounts without a post") in browser.get("/desk/administration/").content.decode()
    assert "陈立" in system.get("/desk/people/accounts/").content.decode()
    assert "陈立" not in system.get("/desk/people/accounts/?posts=none").content.decode()
    for who in ("supervisor", "chen", "gao"):
        for address in ("/desk/people/accounts/", "/desk/administration/"):
            assert signed_in(town.accounts[who]).get(address).status_code == 404


def test_a_name_is_corrected_until_its_owner_holds_a_post(town: Town) -> None:
    system, security = administrator(town, "system_admin"), administrator(town, "security_admin")
    account = make_account("顾小燕", staff=True)
    address = f"/desk/people/accounts/{account.pk}/"
    assert address in system.get("/desk/people/accounts/").content.decode()
    assert gettext("What is next") in system.get(address).content.decode()
    assert 'name="name"' not in security.get(address).content.decode()
    assert security.post(address, {"name": "顾晓燕"}).status_code == 404
    assert signed_in(town.accounts["gao"]).get(address).status_code == 404
    assert system.post(address, {"name": "顾"}).status_code == 422
    assert system.post(address, {"name": "顾晓燕"}).headers["Location"] == address
    account.refresh_from_db()
    assert account.shown_name == "顾晓燕"
    assert Entry.objects.filter(what="accounts.renamed", object_id=account.pk).exists()
    make_appointment(account, "clerk", town.community)
    assert 'name="name"' not in system.get(address).content.decode()
    assert system.post(address, {"name": "顾小燕"}).status_code == 422


def test_posts_that_end_soon_and_the_log_of_a_day_stand_on_the_first_page(town: Town) -> None:
    Appointment.objects.filter(account_id=town.accounts["lin"].pk).update(ends_on=timezone.localdate() + timedelta(days=9))
    auditor = administrator(town, "audit_admin")
    auditor.get("/desk/administration/")
    with count_statements() as seen:
        page = auditor.get("/desk/administration/").content.decode()
    assert seen.total <= 5, seen.listing
    assert "林洁" in page
    assert "/desk/log/?of=security&amp;kind=sign_in_failed" in page


def test_a_grid_worker_over_a_whole_street_is_asked_about(town: Town) -> None:
    browser = signed_in(town.accounts["supervisor"])
    told = {
        "phone": town.accounts["bai"].phone.reveal(),
        "role": "grid_worker",
        "place": town.street.code,
        "starts_on": timezone.localdate().isoformat(),
    }
    asked = browser.post("/desk/people/new/", told)
    assert asked.status_code == 422
    assert 'name="wide"' in asked.content.decode()
    assert browser.post("/desk/people/new/", {**told, "place": town.grid.code}).status_code == 302
    assert browser.post("/desk/people/new/", {**told, "wide": "on"}).status_code == 302
    assert 'name="wide"' not in browser.get("/desk/people/new/").content.decode()


def test_an_ended_post_says_who_ended_it_and_why(town: Town) -> None:
    post = Appointment.objects.get(account_id=town.accounts["wang"].pk)
    browser = signed_in(town.accounts["supervisor"])
    assert gettext("The station will have no head") in browser.get(f"/desk/people/{post.pk}/end/").content.decode()
    browser.post(f"/desk/people/{post.pk}/end/", {"reason": "调离本街道"})
    page = browser.get(f"/desk/people/{post.pk}/").content.decode()
    assert "调离本街道" in page
    assert "丁岚" in page
