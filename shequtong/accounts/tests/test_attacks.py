"""Brute force, races, and what the clock would tell."""

import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import hashers
from django.db import connection

from shequtong.accounts.models import Account, Guard, SignInCode
from shequtong.accounts.models.account import AccountManager
from shequtong.accounts.testing import PASSWORD, Browser, Sender, make_account
from shequtong.accounts.usecases.enter_code import WrongCode, enter_code
from shequtong.accounts.usecases.enter_password import WrongPassword, enter_password
from shequtong.accounts.usecases.guards import LockedOut, take_try
from shequtong.accounts.usecases.request_code import TooManyCodes, request_code
from shequtong.accounts.usecases.sessions import forget_old
from shequtong.audit.models import SecurityEvent
from shequtong.core.models import Subdistrict
from shequtong.core.refusals import Refusal

PHONE = "13812345678"
NOW = datetime(2026, 4, 13, 4, tzinfo=UTC)
HERE, THERE = "10.0.0.1", "10.0.0.2"


def _fails(login: str, password: str, address: str, now: datetime) -> type[Refusal]:
    with pytest.raises(Refusal) as caught:
        enter_password(login=login, password=password, address=address, now=now)
    return caught.type


@pytest.mark.django_db
@pytest.mark.parametrize("login", [PHONE, "nobody-has-this"])
def test_the_sixth_try_waits_whether_or_not_there_is_an_account(login: str) -> None:
    make_account(phone=PHONE, password=PASSWORD)
    tries = [_fails(login, f"guess {one}", f"10.1.0.{one}", NOW) for one in range(6)]
    assert tries == [WrongPassword] * 5 + [LockedOut]
    assert _fails(login, PASSWORD, HERE, NOW + timedelta(seconds=59)) is LockedOut  # the right one waits as well
    assert SecurityEvent.objects.filter(subdistrict=0, kind="locked_out").exists()


@pytest.mark.django_db
def test_a_lock_ends_grows_and_is_forgiven_by_the_right_password() -> None:
    make_account(phone=PHONE, password=PASSWORD)
    for one in range(5):
        _fails(PHONE, "guess", f"10.1.0.{one}", NOW)
    later = NOW + timedelta(seconds=61)
    assert _fails(PHONE, "guess", HERE, later) is WrongPassword
    assert _fails(PHONE, "guess", HERE, later + timedelta(seconds=90)) is LockedOut  # two minutes now
    account = enter_password(login=PHONE, password=PASSWORD, address=HERE, now=later + timedelta(seconds=121))
    assert account.phone.reveal() == PHONE
    assert _fails(PHONE, "guess", HERE, later + timedelta(seconds=122)) is WrongPassword


@pytest.mark.django_db
def test_many_logins_from_one_address_lock_the_address_though_one_succeeds_now_and_then() -> None:
    make_account(phone=PHONE, password=PASSWORD)
    outcome: list[type[Refusal]] = []
    for one in range(22):
        outcome.append(_fails(f"user{one}", "123", HERE, NOW))
        if one in (4, 9, 14):
            enter_password(login=PHONE, password=PASSWORD, address=HERE, now=NOW)
    assert outcome.count(WrongPassword) == 20
    assert _fails("user99", "123", THERE, NOW) is WrongPassword


@pytest.mark.django_db
def test_a_success_after_many_failures_does_not_lock_the_office_out() -> None:
    make_account(phone=PHONE, password=PASSWORD)
    for one in range(21):
        _fails(f"user{one}", "123", HERE, NOW + timedelta(minutes=3 * one))
    later = NOW + timedelta(hours=3)
    enter_password(login=PHONE, password=PASSWORD, address=HERE, now=later)
    assert _fails("user99", "123", HERE, later) is WrongPassword
    assert _fails("user99", "123", HERE, later + timedelta(minutes=2)) is LockedOut


@pytest.mark.django_db
def test_the_words_of_a_lock_say_how_long() -> None:
    for _try in range(5):
        take_try("somebody", address="", now=NOW)
    with pytest.raises(LockedOut, match="1"):
        take_try("somebody", address="", now=NOW)


@pytest.mark.django_db
def test_an_unknown_login_hashes_as_often_as_a_wrong_password(monkeypatch: pytest.MonkeyPatch) -> None:
    make_account(phone=PHONE, password=PASSWORD)
    make_account(username="nopassword")
    rounds: list[str] = []
    encode = hashers.PBKDF2PasswordHasher.encode

    def counted(self: hashers.PBKDF2PasswordHasher, password: str, salt: str, iterations: int | None = None) -> str:
        rounds.append(password)
        return encode(self, password, salt, 1)

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", counted)
    costs = []
    for login in (PHONE, "13900000000", "nobody", "nopassword"):
        rounds.clear()
        _fails(login, "wrong", HERE, NOW)
        costs.append(len(rounds))
    assert costs == [1, 1, 1, 1]


@pytest.mark.django_db
def test_limits_of_codes_hold_per_phone_and_per_address() -> None:
    request_code(phone=PHONE, address=HERE, now=NOW)
    with pytest.raises(TooManyCodes):
        request_code(phone=PHONE, address=THERE, now=NOW + timedelta(seconds=30))
    with pytest.raises(TooManyCodes):
        request_code(phone="13900000000", address=HERE, now=NOW + timedelta(seconds=30))
    at = NOW
    for _one in range(4):
        at += timedelta(minutes=2)
        request_code(phone=PHONE, address=HERE, now=at)
    with pytest.raises(TooManyCodes):
        request_code(phone="+86 138-1234-5678", address=THERE, now=at + timedelta(minutes=2))


@pytest.mark.django_db
def test_ten_codes_a_day() -> None:
    for one in range(10):
        request_code(phone=PHONE, address=f"10.1.0.{one}", now=NOW + timedelta(hours=2 * one))
    with pytest.raises(TooManyCodes):
        request_code(phone=PHONE, address=HERE, now=NOW + timedelta(hours=23))
    assert request_code(phone=PHONE, address=HERE, now=NOW + timedelta(hours=24, seconds=1))


@pytest.mark.django_db
def test_a_code_ends_after_five_minutes(sender: Sender) -> None:
    row = request_code(phone=PHONE, address=HERE, now=NOW)
    with pytest.raises(WrongCode):
        enter_code(code_id=row.pk, code=sender.last_code(PHONE), address=HERE, now=NOW + timedelta(minutes=5))


@pytest.mark.django_db
def test_rows_hold_neither_code_nor_phone_nor_address(sender: Sender) -> None:
    row = request_code(phone=PHONE, address=HERE, now=NOW)
    code = sender.last_code(PHONE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_signincode")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT * FROM accounts_guard")
        stored += str(cursor.fetchall())
    for secret in (code, PHONE, HERE):
        assert not re.search(rf"(?<![0-9a-f]){re.escape(secret)}(?![0-9a-f])", stored)
    assert SignInCode.objects.get(pk=row.pk).phone.reveal() == PHONE


@pytest.mark.django_db
def test_what_is_a_day_old_is_forgotten() -> None:
    request_code(phone=PHONE, address=HERE, now=NOW)
    take_try("somebody", address=HERE, now=NOW)
    forget_old(now=NOW + timedelta(hours=23))
    assert SignInCode.objects.exists()
    forget_old(now=NOW + timedelta(hours=25))
    assert not SignInCode.objects.exists()
    assert not Guard.objects.exists()


def _at_once(count: int, act: Callable[[int], object]) -> list[object]:
    """What `count` threads got that started together: a value, or the kind of the error."""
    start, got = threading.Barrier(count), list[object]()

    def run(number: int) -> None:
        start.wait()
        try:
            got.append(act(number))
        except Exception as error:  # a crash is an outcome as well
            got.append(type(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.fixture
def _installation(transactional_db: None) -> None:
    Subdistrict.objects.get_or_create(id=0, defaults={"kind": "installation", "letters": "ZZ", "name": "Installation"})


@pytest.mark.usefixtures("_installation")
def test_one_code_entered_twice_at_once_signs_in_once(sender: Sender) -> None:
    row = request_code(phone=PHONE, address=HERE, now=NOW)
    code = sender.last_code(PHONE)
    got = _at_once(4, lambda number: enter_code(code_id=row.pk, code=code, address=f"10.2.0.{number}", now=NOW).pk)
    assert sorted(map(str, got)).count(str(WrongCode)) == 3
    assert Account.objects.count() == 1


@pytest.mark.usefixtures("_installation")
def test_two_codes_of_one_new_phone_make_one_account(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    look_up = AccountManager.with_phone

    def slowly(self: AccountManager, phone: str) -> Account | None:
        found = look_up(self, phone)
        time.sleep(0.2)  # long enough for the other to look as well
        return found

    monkeypatch.setattr(AccountManager, "with_phone", slowly)
    codes = []
    for minute in (0, 2):
        row = request_code(phone=PHONE, address=HERE, now=NOW + timedelta(minutes=minute))
        codes.append((row.pk, sender.last_code(PHONE)))
    later = NOW + timedelta(minutes=3)
    got = _at_once(2, lambda one: enter_code(code_id=codes[one][0], code=codes[one][1], address=HERE, now=later).pk)
    assert got == [Account.objects.get().pk] * 2


@pytest.mark.usefixtures("_installation")
def test_guesses_sent_at_once_have_no_more_tries_than_one_after_the_other() -> None:
    make_account(phone=PHONE, password=PASSWORD)
    got = _at_once(8, lambda one: enter_password(login=PHONE, password=f"guess {one}", address=f"10.3.0.{one}", now=NOW))
    assert got.count(WrongPassword) == 5
    assert got.count(LockedOut) == 3


@pytest.mark.usefixtures("_installation")
def test_codes_asked_for_at_once_are_one_code() -> None:
    got = _at_once(4, lambda one: request_code(phone=PHONE, address=f"10.4.0.{one}", now=NOW).pk)
    assert got.count(TooManyCodes) == 3


@pytest.mark.django_db
def test_a_made_up_forwarded_address_does_not_dodge_the_limit() -> None:
    for one in range(21):
        Browser(headers={"x-forwarded-for": f"8.8.8.{one}"}).post("/sign-in/password/", {"login": f"u{one}", "password": "x"})
    page = Browser().post("/sign-in/password/", {"login": "another", "password": "x"}, headers={"accept-language": "en"})
    assert "Too many failed tries" in page.content.decode()
