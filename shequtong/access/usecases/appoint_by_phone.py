"""Appoint by telephone (按手机号任职): whoever of staff has the number, or somebody new, whose account is opened with the post."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access import permissions
from shequtong.access.models import Appointment
from shequtong.access.usecases.appoint import CannotAppoint, appoint
from shequtong.accounts import permissions as accounts
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.open_staff_account import open_staff_account
from shequtong.core.actors import Actor
from shequtong.core.phones import normalise_phone
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit


@transaction.atomic
def appoint_by_phone(
    *,
    phone: str,
    name: str,
    role: str,
    unit: Unit | None,
    station: Station | None,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    now: datetime,
) -> Appointment:
    """The new appointment. `name` is needed for who has no account yet. Raises CannotAppoint, CannotOpenAccount, NotAPhone, Forbidden."""
    place = unit or station
    if place is None:
        raise CannotAppoint(_("Say where: this role is held over a unit or at a station."))
    by.require(permissions.APPOINT, place)
    account = Account.objects.with_phone(normalise_phone(phone))
    name = " ".join(name.split())
    if account is not None and account.is_staff_member:
        if name and name != str(account):
            raise CannotAppoint(_("This telephone is that of %(name)s.") % {"name": account})
    # A resident with this telephone is told of as one with no account: who lives here is nobody's business at this desk.
    elif not by.may(accounts.OPEN):
        raise CannotAppoint(_("Nobody of staff has this telephone. The system administrator opens an account first."))
    elif not name:
        raise CannotAppoint(_("Nobody of staff has this telephone. Enter the name too, and an account is opened."))
    else:
        account = open_staff_account(name=name, phone=phone, place=place, by=by, now=now)
    return appoint(
        account_id=account.pk,
        role=role,
        unit=unit,
        station=station,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        now=now,
    )
