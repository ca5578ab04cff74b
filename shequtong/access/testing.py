"""Actors and appointments for tests."""

from datetime import UTC, date, datetime

from django.test import Client

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION, posts_of
from shequtong.access.usecases import appoint
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account, signed_in
from shequtong.core.actors import SystemActor
from shequtong.core.held import changed
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit

TOWN_HALL = SystemActor("Town hall")
LONG_AGO = date(2020, 1, 1)


def make_appointment(
    account: Account,
    role: str,
    unit: Unit | None = None,
    station: Station | None = None,
    *,
    starts_on: date = LONG_AGO,
    ends_on: date | None = None,
    stands_in_for: Appointment | None = None,
) -> Appointment:
    """An appointment in force unless its days say otherwise, made by the use-case."""
    return appoint(
        account_id=account.pk,
        role=role,
        unit=unit,
        station=station,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for=stands_in_for,
        by=TOWN_HALL,
        now=datetime.now(UTC),
    )


def let_expire(account_id: int, role: str = "") -> None:
    """The last day of an account's appointments (to `role` alone, if named) lies behind, as if they had been made so."""
    named = {"role": role} if role else {}
    Appointment.objects.filter(account_id=account_id, **named).update(ends_on=date(2025, 1, 1))
    changed(REVISION)


def make_actor(
    role: str = "",
    unit: Unit | None = None,
    station: Station | None = None,
    *,
    name: str = "",
    account: Account | None = None,
    on: date | None = None,
    held: frozenset[int] = frozenset(),
) -> AccountActor:
    """Somebody signed in: with `role` appointed to it and in use, without one a resident. `on` is the day it is (default today)."""
    account = account or make_account(name, staff=bool(role))
    if role:
        make_appointment(account, role, unit, station)
    posts = posts_of(account.pk, on or datetime.now(UTC).date())
    in_use = next((post for post in posts if post.role.code == role), None) if role else None
    return AccountActor(account_id=account.pk, name=str(account), in_use=in_use, posts=posts, held=held)


def make_anonymous(*held: int) -> AnonymousActor:
    """Nobody in particular, with the keys of these cases."""
    return AnonymousActor(held=frozenset(held))


def browser_of(actor: AccountActor) -> Client:
    """A browser in which the account of `actor` is signed in, its post in use."""
    client = signed_in(Account.objects.get(pk=actor.account_id))
    if actor.in_use is not None:
        session = client.session
        session["appointment"] = str(actor.in_use.appointment_id)
        session.save()
    return client
