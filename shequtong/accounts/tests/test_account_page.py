"""One's own account: devices told apart and ended, a password set, the language kept; idle staff are signed out."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from shequtong.accounts.models import Account, Session
from shequtong.accounts.passwords import is_common
from shequtong.accounts.sessions import stored_key
from shequtong.accounts.testing import PASSWORD, Browser, Sender, make_account
from shequtong.accounts.tests.test_sign_in_page import PHONE, ask_code, form_key
from shequtong.core.submissions import FIELD
from shequtong.testing.statements import count_statements

pytestmark = pytest.mark.django_db
WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120 Safari/537 Edg/120"
NEW = "seven quiet cranes"


def _in(account: Account, agent: str = EDGE) -> Client:
    browser = Browser(headers={"user-agent": agent, "accept-language": "en"})
    login = account.username or account.phone.reveal()
    assert browser.post("/sign-in/password/", {"login": login, "password": PASSWORD}).status_code == 302
    return browser


def _key(browser: Client) -> str:
    return stored_key(browser.cookies[settings.SESSION_COOKIE_NAME].value)


def _send(browser: Client, address: str, **form: str) -> int:
    form[FIELD] = form_key(browser.get("/account/password/").content)
    return browser.post(address, form).status_code


def test_devices_are_told_apart_in_words() -> None:
    account = make_account(password=PASSWORD)
    _in(account, WECHAT)
    page = _in(account, EDGE).get("/account/").content.decode()
    assert "WeChat · Android phone" in page
    assert "Edge · Windows computer" in page
    assert page.count("this device") == 1


def test_one_device_can_be_signed_out_from_another() -> None:
    account = make_account(password=PASSWORD)
    phone, desk = _in(account, WECHAT), _in(account, EDGE)
    assert _send(desk, "/account/sessions/end/", session=_key(phone)) == 302
    assert phone.get("/account/").status_code == 302
    assert desk.get("/account/").status_code == 200


def test_all_others_can_be_signed_out_at_once() -> None:
    account = make_account(password=PASSWORD)
    others, mine = [_in(account), _in(account, WECHAT)], _in(account)
    assert _send(mine, "/account/sessions/end/", all="1") == 302
    assert [other.get("/account/").status_code for other in others] == [302, 302]
    assert mine.get("/account/").status_code == 200


def test_anothers_device_cannot_be_signed_out() -> None:
    victim = _in(make_account(password=PASSWORD))
    attacker = _in(make_account(password=PASSWORD))
    assert _send(attacker, "/account/sessions/end/", session=_key(victim)) == 404
    assert victim.get("/account/").status_code == 200


def test_a_revoked_session_does_not_come_back_with_a_request_under_way() -> None:
    browser = _in(make_account(password=PASSWORD))
    under_way = browser.session
    assert under_way["_auth_user_id"]
    Session.objects.all().delete()
    under_way["something"] = "written after the session was ended"
    with pytest.raises(UpdateError):
        under_way.save()
    assert not Session.objects.exists()


def test_changing_the_password_needs_the_current_one_and_ends_other_sessions() -> None:
    account = make_account(password=PASSWORD)
    other, mine = _in(account, WECHAT), _in(account)
    assert _send(mine, "/account/password/", current="wrong", new=NEW, again=NEW) == 422
    assert _send(mine, "/account/password/", current=PASSWORD, new=NEW, again=NEW) == 302
    assert Session.objects.filter(account_id=account.pk).count() == 1
    assert other.get("/account/").status_code == 302
    assert mine.get("/account/").status_code == 200
    account.refresh_from_db()
    assert account.check_password(NEW)


def test_the_form_sent_twice_gets_the_first_answer() -> None:
    browser = _in(make_account(password=PASSWORD))
    form = {"current": PASSWORD, "new": NEW, "again": NEW, FIELD: form_key(browser.get("/account/password/").content)}
    assert [browser.post("/account/password/", form).status_code for _time in range(2)] == [302, 302]


def test_guessing_the_current_password_locks() -> None:
    browser = _in(make_account(password=PASSWORD))
    for _try in range(5):
        _send(browser, "/account/password/", current="wrong", new=NEW, again=NEW)
    assert _send(browser, "/account/password/", current=PASSWORD, new=NEW, again=NEW) == 422


def test_who_just_proved_their_phone_may_replace_a_forgotten_password(browser: Client, sender: Sender) -> None:
    account = make_account(phone=PHONE, password=PASSWORD)
    ask_code(browser)
    browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)})
    assert _send(browser, "/account/password/", new=NEW, again=NEW) == 302
    account.refresh_from_db()
    assert account.check_password(NEW)


def test_later_the_current_password_is_asked_for_again(browser: Client, sender: Sender) -> None:
    make_account(phone=PHONE, password=PASSWORD)
    ask_code(browser)
    browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)})
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert _send(browser, "/account/password/", new=NEW, again=NEW) == 422


@pytest.mark.parametrize(
    "weak", ["Woaini1314520", "shequtong2026", "short", "1234567890123", "Admin@123456", "19900101zhangwei", PHONE]
)
def test_weak_passwords_are_refused(weak: str) -> None:
    account = make_account(phone=PHONE, password=PASSWORD)
    assert _send(_in(account), "/account/password/", current=PASSWORD, new=weak, again=weak) == 422


@pytest.mark.parametrize("fine", ["correct horse battery", "xiaohe-liushu-97", "一二三春眠不觉晓处处", "Kestrel.harbour9"])
def test_fine_passwords_are_not_taken_for_common(fine: str) -> None:
    assert not is_common(fine)


def test_the_language_chosen_comes_along_to_a_new_device() -> None:
    account = make_account(password=PASSWORD)
    _send(_in(account), "/account/language/", language="en")
    fresh = Browser(headers={"accept-language": "zh-CN"})
    fresh.post("/sign-in/password/", {"login": account.phone.reveal(), "password": PASSWORD})
    assert "My account" in fresh.get("/account/").content.decode()


def test_staff_who_went_away_are_signed_out_and_residents_are_not() -> None:
    staff, resident = make_account(password=PASSWORD, staff=True), make_account(password=PASSWORD)
    desk, phone = _in(staff), _in(resident, WECHAT)
    with time_machine.travel(timezone.now() + settings.STAFF_IDLE + timedelta(minutes=1)):
        assert desk.get("/account/").status_code == 302
        assert phone.get("/account/").status_code == 200


def test_staff_who_keep_working_stay() -> None:
    desk, start = _in(make_account(password=PASSWORD, staff=True)), timezone.now()
    for step in range(1, 5):
        with time_machine.travel(start + step * (settings.STAFF_IDLE - timedelta(minutes=1))):
            assert desk.get("/account/").status_code == 200


def test_a_page_left_open_that_polls_keeps_nobody_signed_in() -> None:
    desk, start = _in(make_account(password=PASSWORD, staff=True)), timezone.now()
    with time_machine.travel(start + settings.STAFF_IDLE - timedelta(minutes=1)):
        assert desk.get("/account/", headers={"x-poll": "1"}).status_code == 200
    with time_machine.travel(start + settings.STAFF_IDLE + timedelta(minutes=1)):
        assert desk.get("/account/").status_code == 302


def test_last_seen_is_written_once_in_five_minutes() -> None:
    browser = _in(make_account(password=PASSWORD))
    browser.get("/account/")
    with count_statements() as seen:
        browser.get("/account/")
    assert not [one for one in seen.statements if one.sql.startswith("UPDATE")], seen.listing
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        browser.get("/account/")
    row = Session.objects.get(session_key=_key(browser))
    assert row.seen_at is not None
    assert row.seen_at > timezone.now() + timedelta(minutes=5)
