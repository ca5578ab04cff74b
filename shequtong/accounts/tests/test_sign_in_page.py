"""Signing in through the pages, as a person does it, and as an attacker would."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from shequtong.accounts.models import Account, Session, SignInCode
from shequtong.accounts.testing import PASSWORD, Browser, Sender, make_account
from shequtong.core.submissions import FIELD

PHONE = "13812345678"
HOME = "/account/home/"


def form_key(page: bytes) -> str:
    """The submit key of the first form on a page."""
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', page.decode())
    assert found
    return found.group(1)


def ask_code(browser: Client, phone: str = PHONE, **more: str) -> None:
    """Ask for a code through the page."""
    key = form_key(browser.get("/sign-in/").content)
    answer = browser.post("/sign-in/", {"phone": phone, FIELD: key, **more})
    assert answer.headers["Location"] == "/sign-in/code/"


def session_of(browser: Client) -> SessionBase:
    """The session behind the browser's cookie."""
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    found: SessionBase = store(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return found


def test_a_first_sign_in_by_code_opens_an_account(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    page = browser.get("/sign-in/code/").content.decode()
    assert "138****5678" in page
    assert PHONE not in page

    answer = browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)})

    account = Account.objects.get()
    assert answer.headers["Location"] == HOME
    assert account.phone.reveal() == PHONE
    assert session_of(browser)["_auth_user_id"] == str(account.pk)


def test_the_privacy_notice_stands_where_the_phone_is_asked_for(browser: Client) -> None:
    page = browser.get("/sign-in/", headers={"accept-language": "en"}).content.decode()
    for said in ("What for:", "On what basis:", "How long:", "Your rights:"):
        assert said in page


def test_asking_says_the_same_for_known_and_unknown_phones(sender: Sender) -> None:
    make_account(phone=PHONE)
    pages: list[str] = []
    for phone in (PHONE, "13987654321"):
        browser = Browser(headers={"x-forwarded-for": ""}, REMOTE_ADDR=f"10.0.0.{len(pages) + 1}")
        ask_code(browser, phone)
        page = browser.get("/sign-in/code/").content.decode()
        pages.append(re.sub(r'value="[^"]*"|\d{3}\*{4}\d{4}', "", page))
    assert pages[0] == pages[1]
    assert sender.count() == 2


def test_the_same_form_sent_twice_sends_one_code(browser: Client, sender: Sender) -> None:
    form = {"phone": PHONE, FIELD: form_key(browser.get("/sign-in/").content)}
    first, second = browser.post("/sign-in/", form), browser.post("/sign-in/", form)

    assert first.headers["Location"] == second.headers["Location"] == "/sign-in/code/"
    assert sender.count() == SignInCode.objects.count() == 1


def test_a_form_without_its_key_is_refused_in_plain_words(browser: Client, sender: Sender) -> None:
    assert browser.post("/sign-in/", {"phone": PHONE, FIELD: ""}).status_code == 422
    assert sender.count() == 0


def test_a_second_code_within_a_minute_is_refused(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    answer = browser.post("/sign-in/", {"phone": PHONE, FIELD: form_key(browser.get("/sign-in/").content)})
    assert answer.status_code == 422
    again = browser.post("/sign-in/code/again/", {FIELD: form_key(browser.get("/sign-in/").content)})
    assert again.status_code == 422
    assert sender.count() == 1


def test_who_comes_back_while_a_code_waits_can_enter_it(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    page = browser.get("/sign-in/").content
    assert b'href="/sign-in/code/"' in page
    again = browser.post("/sign-in/", {"phone": "138 1234 5678", FIELD: form_key(page), "next": "/r/"})
    assert again.status_code == 422
    assert b'action="/sign-in/code/"' in again.content
    other = browser.post("/sign-in/", {"phone": "13912345678", FIELD: form_key(browser.get("/sign-in/").content)})
    assert b'action="/sign-in/code/"' not in other.content  # the code went to another number
    assert browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)}).headers["Location"] == "/r/"


def test_a_code_is_good_once(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    kept = session_of(browser)["sign_in"]
    code = sender.last_code(PHONE)
    browser.post("/sign-in/code/", {"code": code})
    thief = Browser()
    session = thief.session
    session["sign_in"] = kept  # even with what the session knew
    session.save()

    answer = thief.post("/sign-in/code/", {"code": code})

    assert answer.status_code == 422
    assert "_auth_user_id" not in thief.session


def test_a_code_for_one_phone_opens_no_other(sender: Sender) -> None:
    victim, attacker = Browser(REMOTE_ADDR="10.0.0.1"), Browser(REMOTE_ADDR="10.0.0.2")
    ask_code(victim)
    ask_code(attacker, "13900000009")

    answer = victim.post("/sign-in/code/", {"code": sender.last_code("13900000009"), "phone": PHONE})

    assert answer.status_code == 422
    assert not Account.objects.exists()


def test_a_code_cannot_be_entered_in_a_browser_that_did_not_ask(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    answer = Browser().post("/sign-in/code/", {"code": sender.last_code(PHONE)})
    assert answer.headers["Location"] == "/sign-in/"


def test_five_wrong_codes_end_a_code(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    right = sender.last_code(PHONE)
    wrong = "000000" if right != "000000" else "000001"
    for _try in range(5):
        assert browser.post("/sign-in/code/", {"code": wrong}).status_code == 422
    assert browser.post("/sign-in/code/", {"code": right}).status_code == 422
    assert not Account.objects.exists()


def test_a_closed_account_stays_out(browser: Client, sender: Sender) -> None:
    make_account(phone=PHONE, is_active=False)
    ask_code(browser)
    assert browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)}).status_code == 422
    assert "_auth_user_id" not in browser.session


def test_signing_in_changes_the_session_key(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    fixed = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)})

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != fixed
    attacker = Browser()
    attacker.cookies[settings.SESSION_COOKIE_NAME] = fixed
    assert attacker.get("/account/").status_code == 302


def test_sessions_hold_no_phone_name_or_code_and_no_key_of_a_cookie(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    code = sender.last_code(PHONE)
    kept = [str(session_of(browser).load())]
    browser.post("/sign-in/code/", {"code": code})
    kept.append(str(session_of(browser).load()))
    for row in Session.objects.all():
        kept += [row.session_key, row.device]
    everything = " ".join(kept)
    assert PHONE not in everything
    assert "138****5678" not in everything
    assert code not in everything
    assert str(browser.cookies[settings.SESSION_COOKIE_NAME].value) not in everything


@pytest.mark.parametrize(
    "trap",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil", "\t//evil.example"],
)
def test_next_never_leads_off_the_site(browser: Client, sender: Sender, trap: str) -> None:
    ask_code(browser, next=trap)
    answer = browser.post("/sign-in/code/", {"code": sender.last_code(PHONE), "next": trap})
    assert answer.headers["Location"] == HOME
    assert browser.get("/sign-in/", {"next": trap}).headers["Location"] == HOME


def test_next_on_this_site_is_kept(browser: Client, sender: Sender) -> None:
    ask_code(browser, next="/me/?page=2")
    assert browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)}).headers["Location"] == "/me/?page=2"


def test_password_sign_in_by_phone_and_by_user_name(browser: Client) -> None:
    make_account("By phone", phone=PHONE, password=PASSWORD)
    make_account("By name", username="chen", password=PASSWORD)
    for login in (PHONE, "+86 138 1234 5678", "chen", " Chen "):
        answer = Browser().post("/sign-in/password/", {"login": login, "password": PASSWORD})
        assert answer.status_code == 302, login


def test_the_number_typed_for_a_code_serves_the_password_too(browser: Client, sender: Sender) -> None:
    """One form with one number: either button takes it, and Enter takes the way that was begun."""
    make_account("By phone", phone=PHONE, password=PASSWORD)
    page = browser.get("/sign-in/").content.decode()
    assert page.count('name="phone"') == page.count(f'name="{FIELD}"') == 1
    typed = {"phone": PHONE, "password": PASSWORD, "login": ""}
    for address, more in (("/sign-in/password/", {"way": "password"}), ("/sign-in/", {})):
        answer = Browser().post(address, {**typed, **more})
        assert (answer.status_code, answer.headers["Location"]) == (302, HOME)
    assert sender.count() == 0
    # What a password manager filled in is no sign-in when the code is asked for.
    assert Browser().post("/sign-in/", {**typed, "way": "code"}).headers["Location"] == "/sign-in/code/"

    wrong = Browser().post("/sign-in/password/", {**typed, "password": "not this one"})
    assert wrong.status_code == 422
    assert f'value="{PHONE}"' in wrong.content.decode()
    assert "not this one" not in wrong.content.decode()
    nobody = Browser().post("/sign-in/password/", {"phone": "", "login": "", "password": PASSWORD})
    assert (nobody.status_code, gettext("Enter your mobile number above first.") in nobody.content.decode()) == (422, True)


def test_wrong_password_and_unknown_login_look_alike(browser: Client) -> None:
    make_account(phone=PHONE, password=PASSWORD)
    pages = [
        Browser().post("/sign-in/password/", {"login": login, "password": "not this one"}).content.decode()
        for login in (PHONE, "13987654321", "nobody")
    ]
    bare = {re.sub(r'value="[^"]*"', "", page) for page in pages}
    assert len(bare) == 1


def test_sign_out_needs_a_post_and_ends_the_session(browser: Client, sender: Sender) -> None:
    ask_code(browser)
    browser.post("/sign-in/code/", {"code": sender.last_code(PHONE)})
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.get("/sign-out/").status_code == 405
    assert browser.post("/sign-out/").headers["Location"] == "/"
    thief = Browser()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get("/account/").status_code == 302
