"""forget_contacts: names and phones go when the period of the privacy notice has passed since the matter ended, and not before."""

from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings

from shequtong.audit.models import Entry
from shequtong.cases import usecases
from shequtong.cases.models import Case, Reporter
from shequtong.cases.scheduled import forget_past_contacts
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases import forget_contacts as forgetting
from shequtong.cases.workflow import Stage
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, NEXT_STREET, Town

pytestmark = pytest.mark.django_db
DAYS = 100


@pytest.fixture(autouse=True)
def _period(settings: LazySettings) -> None:
    settings.CASES_KEEP_CONTACTS_DAYS = DAYS


def kept(case: Case) -> bool:
    return Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id).has_contact


def after(case: Case, days: int) -> datetime:
    case.refresh_from_db()
    return case.stage_since + timedelta(days=days, seconds=1)


def test_it_goes_when_the_period_is_over_and_is_logged(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    assert forget_past_contacts(after(case, DAYS - 1)) == 0
    assert kept(case)
    assert forget_past_contacts(after(case, DAYS)) == 1
    assert not kept(case)
    assert [str(one.phone) for one in Message.objects.filter(channel="sms")] == [""] * Message.objects.filter(
        channel="sms"
    ).count()
    entry = Entry.objects.get(what="cases.forget_contacts")
    assert (entry.object_id, entry.facts) == (case.reporter_id, {"case": case.pk})
    reporter = Reporter.objects.get(subdistrict=case.subdistrict_id, pk=case.reporter_id)
    assert reporter.contact_removed_for == "period"
    assert reporter.key.reveal()
    assert forget_past_contacts(after(case, DAYS + 1)) == 0


def test_what_is_open_or_was_reopened_keeps_it(town: Town) -> None:
    still, again = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.CLOSED)
    usecases.reopen_case(number=again.number, reason="又坏了", by=town.chen, now=again.stage_since + timedelta(days=1))
    assert forget_past_contacts(MORNING + timedelta(days=5 * DAYS)) == 0
    assert kept(still)
    assert kept(again)


def test_who_was_merged_or_joined_keeps_it_while_the_other_goes_on(town: Town) -> None:
    mine, other = make_case(town), make_case(town, reporter=NewReporter("周女士", "13600000000", consent="page"))
    usecases.merge_case(number=mine.number, into=other.number, reason="同一处", by=town.chen, now=MORNING + timedelta(hours=1))
    assert forget_past_contacts(MORNING + timedelta(days=5 * DAYS)) == 0
    ended = MORNING + timedelta(days=5 * DAYS)
    usecases.void_case(number=other.number, reason="重复", by=town.chen, now=ended)
    assert forget_past_contacts(ended + timedelta(days=DAYS, seconds=1)) == 2
    assert not kept(mine)
    assert not kept(other)


def test_every_batch_is_reached_and_who_left_nothing_is_not_looked_at(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    open_ones = [make_case(town) for _each in range(3)]
    closed = [make_case(town, stage=Stage.CLOSED, now=MORNING + timedelta(minutes=1)) for _each in range(3)]
    make_case(town, stage=Stage.HELD, reporter=NewReporter())
    assert forget_past_contacts(MORNING + timedelta(days=2 * DAYS)) == 3
    assert [kept(case) for case in (*open_ones, *closed)] == [True] * 3 + [False] * 3


def test_the_next_street_is_looked_after_as_well(town: Town) -> None:
    there = make_case(town, building_id=town.next_building.pk)
    usecases.void_case(number=there.number, reason="重复反映", by=town.gao, now=MORNING + timedelta(hours=1))
    assert there.subdistrict_id == NEXT_STREET
    assert forget_past_contacts(MORNING + timedelta(days=2 * DAYS)) == 1
