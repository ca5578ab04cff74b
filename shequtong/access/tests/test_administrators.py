"""The three administrators: made once on the server, in by password and app only, and never one person with two hands."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from shequtong.access.models import Appointment
from shequtong.access.testing import make_actor, make_appointment
from shequtong.access.usecases import CannotAppoint, appoint
from shequtong.accounts import totp
from shequtong.accounts.models import Account, Session, TotpSecret
from shequtong.accounts.testing import Browser, make_account
from shequtong.accounts.tests.test_sign_in_page import form_key
from shequtong.core.submissions import FIELD

pytestmark = pytest.mark.django_db
PRINTED = re.compile(r"(\w+)\n.*?: (\S+)\n.*?(otpauth://\S+)")


def _first_admins(*arguments: str) -> dict[str, tuple[str, str]]:
    """What the command printed: password and secret by user name."""
    printed = io.StringIO()
    with translation.override("en"):
        call_command("first_admins", "--no-qr", *arguments, stdout=printed, stderr=io.StringIO())
    found = PRINTED.findall(printed.getvalue())
    return {name: (password, re.search(r"secret=(\w+)", url).group(1)) for name, password, url in found}  # type: ignore[union-attr]  # a test


def _enter(browser: Client, login: str, password: str) -> int:
    return browser.post("/sign-in/password/", {"login": login, "password": password}).status_code


def test_three_are_made_and_each_has_its_role_alone() -> None:
    made = _first_admins()

    assert sorted(made) == ["auditadmin", "secadmin", "sysadmin"]
    assert sorted(Appointment.objects.values_list("role", flat=True)) == ["audit_admin", "security_admin", "system_admin"]
    assert len({password for password, _secret in made.values()}) == 3
    assert not hasattr(Account, "is_superuser")


def test_a_second_run_makes_nothing() -> None:
    _first_admins()
    with pytest.raises(CommandError):
        _first_admins()
    assert Account.objects.count() == 3


def test_the_picture_can_be_printed() -> None:
    printed = io.StringIO()
    call_command("first_admins", stdout=printed)
    assert "█" in printed.getvalue()


def test_the_secret_is_sealed_in_its_column() -> None:
    secret = _first_admins()["sysadmin"][1]
    row = TotpSecret.objects.get(account__username="sysadmin")
    assert row.secret.reveal() == secret
    assert secret not in (row.secret.token or "")


def test_password_alone_opens_nothing_and_the_app_code_does() -> None:
    password, secret = _first_admins()["sysadmin"]
    browser = Browser()
    assert _enter(browser, "sysadmin", password) == 302
    assert browser.get("/account/").status_code == 302
    assert "_auth_user_id" not in browser.session

    answer = browser.post("/sign-in/second/", {"code": totp.code_of(secret, totp.step_at(datetime.now(UTC)))})
    assert answer.status_code == 302
    assert "_auth_user_id" in browser.session


def test_a_printed_password_must_be_changed_before_anything_opens() -> None:
    password, secret = _first_admins()["secadmin"]
    browser = Browser()
    _enter(browser, "secadmin", password)
    browser.post("/sign-in/second/", {"code": totp.code_of(secret, totp.step_at(datetime.now(UTC)))})
    assert browser.get("/account/").headers["Location"] == "/account/password/"

    form = {"current": password, "new": "seven quiet cranes", "again": "seven quiet cranes"}
    form[FIELD] = form_key(browser.get("/account/password/").content)
    assert browser.post("/account/password/", form).headers["Location"] == "/account/"
    assert browser.get("/account/").status_code == 200
    assert _enter(Browser(), "secadmin", password) == 422


def test_an_app_code_is_taken_once_nor_an_older_one_after_it() -> None:
    password, secret = _first_admins()["sysadmin"]
    here = totp.step_at(datetime.now(UTC))
    for step, status in ((here, 302), (here, 422), (here - 1, 422), (here + 1, 302)):
        browser = Browser()
        _enter(browser, "sysadmin", password)
        assert browser.post("/sign-in/second/", {"code": totp.code_of(secret, step)}).status_code == status, step - here


def test_guessing_app_codes_locks() -> None:
    password, secret = _first_admins()["sysadmin"]
    browser = Browser()
    _enter(browser, "sysadmin", password)
    for _try in range(5):
        browser.post("/sign-in/second/", {"code": "wrong"})
    right = totp.code_of(secret, totp.step_at(datetime.now(UTC)))
    assert browser.post("/sign-in/second/", {"code": right}).status_code == 422
    assert "_auth_user_id" not in browser.session


def test_reset_gives_new_credentials_and_ends_every_session() -> None:
    password, secret = _first_admins()["auditadmin"]
    browser = Browser()
    _enter(browser, "auditadmin", password)
    browser.post("/sign-in/second/", {"code": totp.code_of(secret, totp.step_at(datetime.now(UTC)))})
    fresh = _first_admins("--reset", "auditadmin")["auditadmin"]

    assert fresh[0] != password
    assert fresh[1] != secret
    assert browser.get("/account/").status_code == 302
    assert not Session.objects.exclude(account_id=None).exists()
    assert _enter(Browser(), "auditadmin", password) == 422


def test_no_other_way_makes_an_administrator_and_none_has_two_posts() -> None:
    _first_admins()
    security = make_actor("security_admin")
    someone, today = make_account(), date.today()  # noqa: DTZ011  # only compared with itself
    with pytest.raises(CannotAppoint):
        appoint(account_id=someone.pk, role="audit_admin", unit=None, starts_on=today, by=security, now=datetime.now(UTC))
    with pytest.raises(CannotAppoint):
        make_appointment(Account.objects.get(username="sysadmin"), "audit_admin")


def test_rfc_6238_vectors() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        now = datetime.fromtimestamp(seconds, UTC)
        assert totp.code_of(secret, totp.step_at(now)) == code
        assert totp.matching_step(secret, f"{code[:3]} {code[3:]}", now + timedelta(seconds=25)) == totp.step_at(now)
        assert totp.matching_step(secret, code, now + timedelta(seconds=90)) is None
