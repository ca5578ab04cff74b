"""Signing in pressed twice: tries count once, codes are used once, and a key that somebody replays signs nobody in."""

import pytest
from django.conf import settings

from shequtong.accounts.models import Account, Guard, Session, SignInCode
from shequtong.accounts.testing import PASSWORD, Browser, Sender, make_account
from shequtong.accounts.tests.test_sign_in_page import PHONE, ask_code, form_key
from shequtong.audit.models import SecurityEvent
from shequtong.core.locality import INSTALLATION
from shequtong.core.submissions import FIELD

pytestmark = pytest.mark.django_db


def noted(kind: str) -> int:
    """How often the security log says so."""
    return SecurityEvent.objects.filter(subdistrict=INSTALLATION, kind=kind).count()


def test_a_wrong_password_sent_twice_is_one_try_and_the_form_that_comes_back_is_another(browser: Browser) -> None:
    make_account(username="chen", password=PASSWORD)
    wrong = {"login": "chen", "password": "wrong", FIELD: form_key(browser.get("/sign-in/").content)}

    first, second = browser.post("/sign-in/password/", wrong), browser.post("/sign-in/password/", wrong)

    assert (first.status_code, second.status_code) == (422, 422)
    assert list(Guard.objects.values_list("failures", flat=True)) == [1, 1]  # the login's and the address's
    assert noted("sign_in_failed") == 1
    right = {"login": "chen", "password": PASSWORD, FIELD: form_key(second.content)}
    assert right[FIELD] != wrong[FIELD]
    assert browser.post("/sign-in/password/", right).status_code == 302


def test_signing_in_twice_is_once_and_a_stranger_with_the_key_stays_outside(browser: Browser) -> None:
    account = make_account(username="chen", password=PASSWORD)
    right = {"login": "chen", "password": PASSWORD, FIELD: form_key(browser.get("/sign-in/").content)}

    first, second = browser.post("/sign-in/password/", right), browser.post("/sign-in/password/", right)
    stranger = Browser()
    replayed = stranger.post("/sign-in/password/", right)

    assert first.headers["Location"] == second.headers["Location"] == replayed.headers["Location"]
    assert browser.get("/account/").status_code == 200
    assert settings.SESSION_COOKIE_NAME not in stranger.cookies
    assert stranger.get("/account/").status_code == 302
    assert noted("signed_in") == Session.objects.filter(account_id=account.pk).count() == 1


def test_a_code_entered_twice_opens_one_account(browser: Browser, sender: Sender) -> None:
    ask_code(browser)
    page = browser.get("/sign-in/code/")
    form = {"code": sender.last_code(PHONE), FIELD: form_key(page.content)}

    first, second = browser.post("/sign-in/code/", form), browser.post("/sign-in/code/", form)

    assert first.headers["Location"] == second.headers["Location"] == "/account/home/"
    assert Account.objects.count() == noted("signed_in") == 1
    assert browser.get("/account/").status_code == 200


def test_a_wrong_code_sent_twice_takes_one_of_its_tries(browser: Browser, sender: Sender) -> None:
    ask_code(browser)
    wrong = {"code": "wrong", FIELD: form_key(browser.get("/sign-in/code/").content)}
    pages = [browser.post("/sign-in/code/", wrong) for _press in range(2)]
    assert [page.status_code for page in pages] == [422, 422]
    assert SignInCode.objects.get().tries == 1


def test_guessing_the_current_password_twice_in_one_form_counts_once() -> None:
    browser = Browser()
    make_account(username="chen", password=PASSWORD)
    browser.post("/sign-in/password/", {"login": "chen", "password": PASSWORD})
    form = {"current": "wrong", "new": "seven quiet cranes", "again": "seven quiet cranes"}
    form[FIELD] = form_key(browser.get("/account/password/").content)
    before = sum(Guard.objects.values_list("failures", flat=True))
    assert [browser.post("/account/password/", form).status_code for _press in range(2)] == [422, 422]
    assert sum(Guard.objects.values_list("failures", flat=True)) == before + 2  # login and address, once each


def test_signing_out_works_with_a_key_that_is_too_old() -> None:
    browser = Browser()
    make_account(username="chen", password=PASSWORD)
    browser.post("/sign-in/password/", {"login": "chen", "password": PASSWORD})
    assert browser.post("/sign-out/", {FIELD: "old"}).headers["Location"] == "/"
    assert browser.get("/account/").status_code == 302
    assert noted("signed_out") == 1
