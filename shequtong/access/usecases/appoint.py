"""Appoint (任命): an account gets a role over a unit or at a station, from a day on; or stands in for somebody for some days (代理)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access import roles
from shequtong.access.models import Appointment
from shequtong.access.posts import REVISION
from shequtong.access.roles import Role, Scope
from shequtong.access.usecases._giving import require_giving
from shequtong.accounts.models import Account
from shequtong.accounts.usecases.mark_staff import mark_staff
from shequtong.audit import log
from shequtong.core import held
from shequtong.core.actors import Actor, SystemActor
from shequtong.core.locality import INSTALLATION
from shequtong.core.pinyin import pinyin_key
from shequtong.core.refusals import Refusal
from shequtong.organizations.models import Station
from shequtong.territory.models import Unit


class CannotAppoint(Refusal):
    """The appointment would contradict itself, another one, or the separation of the three administrators."""


@transaction.atomic
def appoint(
    *,
    account_id: int,
    role: str,
    unit: Unit | None,
    starts_on: date,
    by: Actor,
    now: datetime,
    station: Station | None = None,
    ends_on: date | None = None,
    stands_in_for: Appointment | None = None,
) -> Appointment:
    """The new appointment; `starts_on` and `ends_on` are both days of it. `unit` None: the station's unit, or (for the three
    administrators) the whole installation. A deputy's role and place are those of `stands_in_for`. Raises CannotAppoint, Forbidden.
    """
    account = mark_staff(account_id=account_id)
    if stands_in_for is not None:
        stands_in_for = (
            Appointment.objects.select_for_update(of=("self",)).select_related("unit", "station").get(pk=stands_in_for.pk)
        )
        role, unit, station = stands_in_for.role, stands_in_for.unit, stands_in_for.station
    known = _role(role)
    row = Appointment(
        account_id=account.pk,
        account_name=str(account),
        pinyin=pinyin_key(str(account)),
        role=role,
        unit=unit or (station.unit if station else None),
        station=station,
        subdistrict_id=_home(known, unit, station),
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for=stands_in_for,
    )
    require_giving(by, row, known)
    _check_itself(row, known, account)
    _check_deputy(row)
    _check_others(row, known, by)
    row.save(force_insert=True)
    log.record(
        "access.appointed",
        row,
        by=by,
        at=now,
        account=account.pk,
        role=role,
        place=row.unit.path if row.unit else "",
        station=row.station_id,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat() if ends_on else "",
        stands_in_for=row.stands_in_for_id,
    )
    held.changed(REVISION)
    return row


def _role(code: str) -> Role:
    try:
        return roles.table().roles[code]
    except KeyError:
        raise CannotAppoint(_("There is no role “%(role)s”.") % {"role": code}) from None


def _home(role: Role, unit: Unit | None, station: Station | None) -> int:
    """The storage number the appointment belongs to."""
    if Scope.CITY in role.holds:
        return INSTALLATION
    if station is not None and unit is not None and station.subdistrict_id != unit.subdistrict_id:
        raise CannotAppoint(_("The station does not lie in this subdistrict."))
    if unit is None and station is None:
        raise CannotAppoint(_("Say where: this role is held over a unit or at a station."))
    return unit.subdistrict_id if unit is not None else station.subdistrict_id if station is not None else INSTALLATION


def _check_itself(row: Appointment, role: Role, account: Account) -> None:
    if not account.is_active:
        raise CannotAppoint(_("This account is closed."))
    if role.at_station != (row.station is not None):
        raise CannotAppoint(_("This role is held at a station.") if role.at_station else _("This role is not held at a station."))
    if (row.station is not None and row.station.ended_at) or (row.unit is not None and row.unit.ended_at):
        raise CannotAppoint(_("This unit or station has ended."))
    if row.ends_on is not None and row.ends_on < row.starts_on:
        raise CannotAppoint(_("The last day lies before the first."))


def _check_deputy(row: Appointment) -> None:
    principal = row.stands_in_for
    if principal is None:
        return
    if row.ends_on is None:
        raise CannotAppoint(_("A deputy stands in for some days: say until when."))
    if principal.stands_in_for_id is not None:
        raise CannotAppoint(_("A deputy cannot have a deputy."))
    if principal.account_id == row.account_id:
        raise CannotAppoint(_("Nobody stands in for themselves."))
    if principal.ended_at is not None or (principal.ends_on is not None and principal.ends_on < row.ends_on):
        raise CannotAppoint(_("The deputy would stay longer than the one they stand in for."))


def _check_others(row: Appointment, role: Role, by: Actor) -> None:
    """What the person holds already, from today on."""
    if by.account_id == row.account_id:
        raise CannotAppoint(_("Nobody appoints themselves."))
    if role.administrator and not isinstance(by, SystemActor):
        raise CannotAppoint(_("Administrators are appointed on the server, with “manage.py first_admins”."))
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    others = Appointment.objects.filter(lasting, account_id=row.account_id, ended_at__isnull=True)
    known = roles.table().roles
    for other in others:
        # 三员分立: who gives rights or watches must have no other hand in the work.
        if other.role in known and (known[other.role].administrator or role.administrator):
            raise CannotAppoint(_("An administrator holds no other post."))
        same = (other.role, other.unit_id, other.station_id) == (row.role, row.unit_id, row.station_id)
        if same and other.starts_on <= (row.ends_on or date.max) and row.starts_on <= (other.ends_on or date.max):
            raise CannotAppoint(_("This person holds this post in that time already."))
