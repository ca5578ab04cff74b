"""Counting tries (登录失败计数): who wants to try takes a try first, and gets it back when it succeeds.

So many requests at once have no more tries between them than one after the other, and nobody waits for a password to be hashed.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.accounts.addresses import address_hash
from shequtong.accounts.limits import ADDRESS_LOCK, FORGOTTEN_AFTER, LOGIN_LOCK, Lock, in_words
from shequtong.accounts.models import Guard
from shequtong.audit import security
from shequtong.core.refusals import Refusal
from shequtong.core.sealed import hash_of

LOGIN_DOMAIN = "login"
Key = tuple[str, str]  # kind, hash


class LockedOut(Refusal):
    """Too many failures; the text says how long it lasts. Says nothing about whether an account exists."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


def login_key(login: str) -> Key:
    """The guard of what was typed as phone or user name, whether or not there is such an account."""
    return Guard.Kind.LOGIN, hash_of(LOGIN_DOMAIN, login)


def address_key(address: str) -> Key:
    """The guard of a network address."""
    return Guard.Kind.ADDRESS, address_hash(address)


def locked_rows(keys: Sequence[Key]) -> list[Guard]:
    """The guards of `keys`, locked, in one order for everybody, so that two requests never wait for each other in a circle."""
    found = []
    for kind, key_hash in sorted(keys):
        Guard.objects.get_or_create(kind=kind, key_hash=key_hash)
        found.append(Guard.objects.select_for_update().get(kind=kind, key_hash=key_hash))
    return found


def take_try(login: str | None, *, address: str, now: datetime) -> None:
    """Count one try against login (None: a code, which counts its own tries) and address, or raise LockedOut.

    To be called outside any transaction that may be undone.
    """
    with transaction.atomic():
        guards = locked_rows(_keys(login, address))
        until = max((guard.locked_until for guard in guards if guard.locked_until), default=now)
        newly = False
        if until <= now:
            for guard in guards:
                newly = _count(guard, now) or newly
    if until > now:
        security.note("refused_locked", what="accounts.sign_in", address=address, now=now)
        raise LockedOut(_("Too many failed tries. Try again in %(wait)s.") % {"wait": in_words(until - now)}, until)
    if newly:
        # Noted with the try that uses up what was free; should it succeed, "signed_in" follows it in the log.
        security.note("locked_out", what="accounts.sign_in", address=address, now=now)


def _keys(login: str | None, address: str) -> list[Key]:
    return [address_key(address)] if login is None else [login_key(login), address_key(address)]


def _count(guard: Guard, now: datetime) -> bool:
    if guard.failed_at is None or guard.failed_at < now - FORGOTTEN_AFTER:
        guard.failures = 0
    guard.failures, guard.failed_at = guard.failures + 1, now
    wait = _lock_of(guard).after(guard.failures)
    guard.locked_until = now + wait if wait else None
    guard.save(update_fields=["failures", "failed_at", "locked_until"])
    return wait is not None


def _lock_of(guard: Guard) -> Lock:
    return LOGIN_LOCK if guard.kind == Guard.Kind.LOGIN else ADDRESS_LOCK


def refuse_locked(login: str, *, address: str, now: datetime) -> None:
    """Raise LockedOut when login or address must wait. For what counts its failures afterwards, inside a transaction of its own."""
    locks = (
        Guard.objects.filter(kind=kind, key_hash=key_hash, locked_until__gt=now).values_list("locked_until", flat=True).first()
        for kind, key_hash in _keys(login, address)
    )
    until = max((lock for lock in locks if lock), default=None)
    if until is not None:
        raise LockedOut(_("Too many failed tries. Try again in %(wait)s.") % {"wait": in_words(until - now)}, until)


@transaction.atomic
def give_back(login: str | None, *, address: str) -> None:
    """The try succeeded: the login starts anew; the address only gets this one back, or one's own account would hide an attack.

    The lock that goes is the one this very try set: under another it would not have been taken.
    """
    for guard in locked_rows(_keys(login, address)):
        guard.failures = 0 if guard.kind == Guard.Kind.LOGIN else max(0, guard.failures - 1)
        guard.locked_until = None
        guard.save(update_fields=["failures", "locked_until"])
