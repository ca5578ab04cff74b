"""At night: an urgent case reaches the person on duty by text message, and nobody else is woken."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shequtong.access.models import Appointment
from shequtong.access.testing import make_appointment
from shequtong.access.usecases import end_appointment
from shequtong.accounts.testing import make_account
from shequtong.cases import usecases
from shequtong.cases.models import Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.messaging.models import Message
from shequtong.organizations.usecases.add_duty import add_duty
from shequtong.testing.town import MORNING, NOON, TOWN_HALL, Town

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 4, 13, 15, tzinfo=UTC)  # 23:00 of Monday
URGENT = "0101"  # counts day and night
WORKER = SystemActor("Worker")


@pytest.fixture
def handler(town: Town) -> int:
    """Wu, who handles at Wang's station."""
    town.accounts["wu"] = make_account("吴迪", staff=True)
    make_appointment(town.accounts["wu"], "station_handler", town.precinct, town.police)
    return int(town.accounts["wu"].pk)


def on_roster(town: Town, who: str) -> None:
    account = town.accounts[who]
    hours = {"first": date(2026, 4, 13), "last": date(2026, 4, 19), "begins": time(18), "ends": time(8)}
    add_duty(station_id=town.police.pk, account_id=account.pk, name=str(account), by=town.wang, now=NOON, **hours)  # type: ignore[arg-type]  # dates and times, as they are named


def dispatched(town: Town, at: datetime, cls: str = URGENT) -> Case:
    case = make_case(town, stage=Stage.REGISTERED, cls=cls, now=MORNING)
    Message.objects.all().delete()
    usecases.dispatch_case(number=case.number, to=town.police.pk, by=town.lin, now=at)
    case.refresh_from_db()
    return case


def reached(channel: str) -> set[str]:
    rows = Message.objects.filter(channel=channel, template__startswith="duty.")
    return {str(row.account_id) if channel == "in_app" else row.phone.reveal() for row in rows}


def duty(case: Case, move: str) -> object:
    return Step.objects.filter(case=case, move=move).latest("number").details.get("duty")


def test_who_is_on_duty_is_told_by_phone_and_nobody_else(town: Town, handler: int) -> None:
    on_roster(town, "wu")
    case = dispatched(town, NIGHT)
    assert (reached("in_app"), reached("sms")) == ({str(handler)}, {town.accounts["wu"].phone.reveal()})
    assert Message.objects.filter(channel="sms", urgent=True, send_after=NIGHT).count() == 1  # not after the quiet hours
    assert not Message.objects.filter(account_id=town.accounts["wang"].pk).exists()
    assert duty(case, "dispatch") == [{"station": town.police.pk, "name": "狮山公安", "people": [[handler, "吴迪"]]}]


def test_where_nobody_is_on_the_roster_the_head_is_called(town: Town, handler: int) -> None:
    case = dispatched(town, NIGHT)
    assert (reached("in_app"), reached("sms")) == (
        {str(town.accounts["wang"].pk)},
        {town.accounts["wang"].phone.reveal()},
    )
    assert duty(case, "dispatch") == [{"station": town.police.pk, "name": "狮山公安", "people": []}]


def test_who_has_left_the_station_is_not_called(town: Town, handler: int) -> None:
    on_roster(town, "wu")
    post = Appointment.objects.get(account_id=handler)
    end_appointment(appointment_id=post.pk, reason="调离", by=TOWN_HALL, now=NOON)
    dispatched(town, NIGHT)
    assert reached("in_app") == {str(town.accounts["wang"].pk)}


@pytest.mark.parametrize(("at", "cls"), [(MORNING + timedelta(hours=1), URGENT), (NIGHT, "L01")])
def test_by_day_or_where_it_can_wait_the_station_reads_it_in_the_app(town: Town, handler: int, at: datetime, cls: str) -> None:
    on_roster(town, "wu")
    case = dispatched(town, at, cls)
    assert (reached("sms"), duty(case, "dispatch")) == (set(), None)
    told = Message.objects.filter(template="case.CaseDispatched").values_list("account_id", flat=True)
    assert set(told) == {town.accounts["wang"].pk, handler}


def test_reminders_and_escalations_reach_who_is_on_duty_then(town: Town, handler: int) -> None:
    on_roster(town, "wu")
    case = dispatched(town, NIGHT)
    usecases.accept_case(number=case.number, by=town.wang, now=NIGHT)
    Message.objects.all().delete()
    usecases.remind_case(number=case.number, by=WORKER, now=NIGHT + timedelta(hours=2))
    assert reached("in_app") == {str(handler)}
    assert Message.objects.filter(template="case.CaseReminded", account_id=town.accounts["wang"].pk).count() == 1  # who has it
    usecases.escalate_case(number=case.number, level=1, by=WORKER, now=NIGHT + timedelta(hours=4))
    assert Message.objects.filter(channel="sms").count() == 2
    assert Message.objects.filter(template="case.CaseEscalated", account_id=town.accounts["chen"].pk).exists()
