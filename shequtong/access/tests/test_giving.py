"""Who gives and takes posts, by telephone too: within the street, below oneself, never one's own; duty ahead goes with the post."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from shequtong.access.models import Appointment
from shequtong.access.testing import make_actor, make_appointment
from shequtong.access.usecases import CannotAppoint, CannotEndAppointment, appoint, appoint_by_phone, end_appointment
from shequtong.accounts.models import Account
from shequtong.accounts.testing import make_account
from shequtong.accounts.usecases.open_account import CannotOpenAccount
from shequtong.audit.models import Entry
from shequtong.core.actors import Actor
from shequtong.core.phones import NotAPhone
from shequtong.core.refusals import Forbidden
from shequtong.organizations.models import DutyShift, Station
from shequtong.organizations.usecases.add_duty import add_duty
from shequtong.territory.models import Unit
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def by_phone(
    by: Actor, phone: str, unit: Unit | None, name: str = "", role: str = "clerk", station: Station | None = None
) -> Appointment:
    return appoint_by_phone(
        phone=phone, name=name, role=role, unit=unit, station=station, starts_on=TODAY, ends_on=None, by=by, now=timezone.now()
    )


def test_somebody_new_gets_account_and_post_in_one_go(town: Town) -> None:
    made = by_phone(town.supervisor, "138 0000 2222", town.grid, "梁 静", "grid_worker")

    account = Account.objects.get(pk=made.account_id)
    assert (str(account), account.phone.reveal(), account.is_staff_member) == ("梁 静", "13800002222", True)
    assert (made.account_name, made.pinyin) == ("梁 静", "liang jing")
    told = set(Entry.objects.values_list("what", flat=True))
    assert {"accounts.opened", "access.appointed"} <= told


def test_a_resident_with_this_telephone_stays_one_account(town: Town) -> None:
    qian = town.accounts["qian"]
    by_phone(town.supervisor, qian.phone.reveal(), town.grid, "钱小芳")
    qian.refresh_from_db()
    assert (str(qian), qian.name.reveal(), qian.is_staff_member) == ("钱小芳", "钱小芳", True)
    assert Entry.objects.filter(what="accounts.made_staff", object_id=qian.pk).exists()


def test_what_is_wrong_with_a_telephone_is_said_and_nothing_is_left(town: Town) -> None:
    before = Account.objects.count()
    with translation.override("en"):
        with pytest.raises(CannotAppoint, match="Enter the name too"):
            by_phone(town.supervisor, "13800002222", town.grid)
        with pytest.raises(CannotAppoint, match="that of 林洁"):
            by_phone(town.supervisor, town.accounts["lin"].phone.reveal(), town.grid, "梁静")
        with pytest.raises(CannotOpenAccount, match="mobile"):
            by_phone(town.supervisor, "0512-65551234", town.grid, "梁静")
        with pytest.raises(NotAPhone):
            by_phone(town.supervisor, "12", town.grid, "梁静")
        with pytest.raises(CannotAppoint):  # the account that was opened first goes too
            by_phone(town.supervisor, "13800002222", town.street, "梁静", "station_head")
    assert Account.objects.count() == before


@pytest.mark.parametrize("phone", ["13800002222", "resident"])
def test_who_gives_rights_everywhere_opens_no_account_and_learns_of_no_resident(town: Town, phone: str) -> None:
    number = town.accounts["qian"].phone.reveal() if phone == "resident" else phone
    with translation.override("en"), pytest.raises(CannotAppoint, match="The system administrator opens an account first"):
        by_phone(make_actor("security_admin"), number, town.grid, "钱小芳")


def test_a_supervisor_gives_below_themselves_and_within_the_street(town: Town) -> None:
    account = make_account("梁静")
    asked: tuple[tuple[str, Unit | None, Station | None], ...] = (
        ("subdistrict_supervisor", town.street, None),
        ("district_viewer", town.district, None),
        ("precinct_head", town.next_street, None),
        ("station_head", None, town.next_police),
        ("station_head", town.street, town.next_police),
    )
    for role, unit, station in asked:
        with pytest.raises((Forbidden, CannotAppoint)):
            appoint(
                account_id=account.pk,
                role=role,
                unit=unit,
                station=station,
                starts_on=TODAY,
                by=town.supervisor,
                now=timezone.now(),
            )
    assert not Appointment.objects.filter(account_id=account.pk).exists()
    for by in (town.gao, town.chen, make_actor("subdistrict_supervisor", town.next_street)):
        with pytest.raises(Forbidden):
            by_phone(by, "13800002222", town.grid, "梁静")
    appoint(account_id=account.pk, role="clerk", unit=town.grid, starts_on=TODAY, by=town.supervisor, now=timezone.now())


def test_nobody_ends_their_own_post_nor_their_like(town: Town) -> None:
    security, now = make_actor("security_admin"), timezone.now()
    own = Appointment.objects.get(account_id=town.accounts["supervisor"].pk)
    with pytest.raises(Forbidden):
        end_appointment(appointment_id=own.pk, reason="x", by=town.supervisor, now=now)
    of_security = Appointment.objects.get(account_id=security.account_id)
    with pytest.raises(CannotEndAppointment):
        end_appointment(appointment_id=of_security.pk, reason="x", by=security, now=now)
    make_actor("audit_admin")
    with pytest.raises(CannotEndAppointment):
        end_appointment(appointment_id=Appointment.objects.get(role="audit_admin").pk, reason="x", by=security, now=now)
    end_appointment(appointment_id=own.pk, reason="x", by=security, now=now)


def test_duty_ahead_is_taken_off_with_the_post(town: Town) -> None:
    wang, now = town.accounts["wang"], datetime.now(UTC)
    first = timezone.localdate() - timedelta(days=2)
    hours = {"begins": time(0), "ends": time(0)}
    add_duty(
        station_id=town.police.pk,
        account_id=wang.pk,
        name="王强",
        first=first,
        last=first + timedelta(days=5),
        by=town.wang,
        now=now,
        **hours,
    )
    ahead = DutyShift.objects.filter(starts_at__gt=now).count()
    assert ahead == 3

    post = Appointment.objects.get(account_id=wang.pk)
    end_appointment(appointment_id=post.pk, reason="调离", by=town.supervisor, now=now)

    assert DutyShift.objects.filter(removed_at=now).count() == ahead
    assert not DutyShift.objects.filter(removed_at=now, starts_at__lte=now).exists()
    assert Entry.objects.get(what="organizations.duty_cleared").facts["shifts"] == ahead


def test_who_stays_at_the_station_keeps_their_duty(town: Town) -> None:
    wang, day = town.accounts["wang"], date(2099, 1, 1)
    make_appointment(wang, "station_handler", town.precinct, town.police)
    add_duty(
        station_id=town.police.pk,
        account_id=wang.pk,
        name="王强",
        first=day,
        last=day,
        begins=time(18),
        ends=time(8),
        by=town.wang,
        now=timezone.now(),
    )
    post = Appointment.objects.get(account_id=wang.pk, role="station_head")
    end_appointment(appointment_id=post.pk, reason="改任", by=town.supervisor, now=timezone.now())
    assert DutyShift.objects.get().removed_at is None
