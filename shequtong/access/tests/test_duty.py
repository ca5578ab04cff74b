"""The duty roster: shifts by day and night, a copied week, and only one's own station's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shequtong.access.testing import make_actor
from shequtong.core.refusals import Forbidden
from shequtong.organizations.duty import on_duty, shifts_between
from shequtong.organizations.models import DutyShift
from shequtong.organizations.usecases.add_duty import CannotAddDuty, add_duty
from shequtong.organizations.usecases.copy_duty_week import CannotCopyDuty, copy_duty_week
from shequtong.organizations.usecases.remove_duty import CannotRemoveDuty, remove_duty
from shequtong.testing.town import NOON, Town

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 4, 13)
MIDNIGHT = datetime(2026, 4, 13, 16, tzinfo=UTC)  # 24:00 of Monday in Suzhou


def nights(town: Town, last: date = MONDAY, who: str = "wang") -> list[DutyShift]:
    account = town.accounts[who]
    return add_duty(
        station_id=town.police.pk,
        account_id=account.pk,
        name=str(account),
        first=MONDAY,
        last=last,
        begins=time(18),
        ends=time(8),
        by=town.wang,
        now=NOON,
    )


def test_a_night_ends_on_the_next_morning(town: Town) -> None:
    nights(town)
    wang = (town.accounts["wang"].pk, "王强")
    assert on_duty([town.police.pk, town.urban.pk], MIDNIGHT) == {town.police.pk: [wang]}
    assert on_duty([town.police.pk], MIDNIGHT + timedelta(hours=8)) == {}  # 08:00: the end is no part of it
    assert on_duty([town.police.pk], NOON) == {}


def test_nobody_is_on_duty_twice_at_once(town: Town) -> None:
    nights(town)
    with pytest.raises(CannotAddDuty):
        nights(town, MONDAY + timedelta(days=3))
    with pytest.raises(CannotAddDuty):
        nights(town, MONDAY - timedelta(days=1))
    assert DutyShift.objects.count() == 1


def test_a_week_is_copied_once(town: Town) -> None:
    nights(town, MONDAY + timedelta(days=6))
    copied = {"station_id": town.police.pk, "monday": MONDAY, "weeks": 2, "by": town.wang, "now": NOON}
    assert copy_duty_week(**copied) == 14
    assert copy_duty_week(**copied) == 0
    assert len(shifts_between(town.police.pk, MIDNIGHT, MIDNIGHT + timedelta(days=30))) == 20
    with pytest.raises(CannotCopyDuty):
        copy_duty_week(**{**copied, "monday": MONDAY - timedelta(days=7)})


def test_a_shift_is_taken_off_until_it_is_over(town: Town) -> None:
    shift = nights(town)[0]
    with pytest.raises(CannotRemoveDuty):
        remove_duty(shift_id=shift.pk, by=town.wang, now=MIDNIGHT + timedelta(days=1))
    remove_duty(shift_id=shift.pk, by=town.wang, now=NOON)
    remove_duty(shift_id=shift.pk, by=town.wang, now=NOON)
    assert on_duty([town.police.pk], MIDNIGHT) == {}
    nights(town)  # and may be put there again


def test_is_forbidden_to_who_does_not_head_the_station(town: Town) -> None:
    shift = nights(town)[0]
    neighbour = make_actor("station_head", town.next_street, town.next_police)
    handler = make_actor("station_handler", town.precinct, town.police)
    for by in (town.gao, neighbour, town.zhou, handler, town.chen):
        with pytest.raises(Forbidden):
            remove_duty(shift_id=shift.pk, by=by, now=NOON)
        with pytest.raises(Forbidden):
            copy_duty_week(station_id=town.police.pk, monday=MONDAY, weeks=1, by=by, now=NOON)
