"""Blocked senders: by decision with reason and end date, by telephone, account and address; held or refused, told, logged, lifted."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shequtong.access.testing import make_anonymous
from shequtong.accounts.testing import make_account, signed_in
from shequtong.audit.models import Entry
from shequtong.cases import scheduled, usecases
from shequtong.cases.models import Blocked, Case, Reporter, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.block_sender import LONGEST_DAYS, CannotBlock, senders_of
from shequtong.cases.usecases.open_case import CannotOpen
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
PHONE, ADDRESS = "13812345678", "203.0.113.7"
WEEK = date(2026, 4, 20)
REASON = "4月13日连续上报辱骂内容。"
LATER = MORNING + timedelta(hours=1)


def block(town: Town, case: Case, *kinds: str, **more: Any) -> list[Blocked]:
    told: dict[str, Any] = {"until": WEEK, "reason": REASON, "refuse": False, "by": town.chen, "now": MORNING} | more
    return usecases.block_sender(number=case.number, kinds=kinds, **told)


def why_held(case: Case) -> list[str]:
    found: list[str] = Step.objects.get(case=case, number=1).details.get("held", [])
    return found


def nobody(address: str = ADDRESS) -> dict[str, Any]:
    return {"reporter": NewReporter(), "sent_from": address, "stage": Stage.HELD}


class TestHolds:
    def test_by_telephone_until_the_end_of_the_day_and_no_longer(self, town: Town) -> None:
        block(town, make_case(town), "phone")
        last, after = datetime.fromisoformat("2026-04-20T23:59+08:00"), datetime.fromisoformat("2026-04-21T00:00+08:00")
        assert why_held(make_case(town, stage=Stage.HELD, now=last)) == ["blocked"]
        assert make_case(town, now=after).stage == Stage.INTAKE

    def test_by_account_whatever_telephone_it_leaves(self, town: Town) -> None:
        account = make_account()
        block(town, make_case(town, account_id=account.pk), "account")
        other = NewReporter(account_id=account.pk, phone="13900001111", consent="page")
        assert why_held(make_case(town, stage=Stage.HELD, account_id=account.pk, reporter=other)) == ["blocked"]
        assert make_case(town, reporter=NewReporter(phone=PHONE, consent="page")).stage == Stage.INTAKE  # the phone is not

    def test_by_network_address_and_another_is_free(self, town: Town) -> None:
        block(town, make_case(town, **nobody()), "address")
        assert why_held(make_case(town, stage=Stage.HELD, sent_from=ADDRESS)) == ["blocked"]
        assert make_case(town, sent_from="203.0.113.8").stage == Stage.INTAKE

    def test_in_its_subdistrict_alone_and_not_what_staff_take_down(self, town: Town) -> None:
        block(town, make_case(town), "phone")
        assert make_case(town, building_id=town.next_building.pk).stage == Stage.INTAKE
        told = usecases.NewCase(
            "L01", "来电反映灯坏了。", "window", building_id=town.building.pk, reporter=NewReporter(phone=PHONE, consent="spoken")
        )
        assert usecases.open_case(new=told, by=town.shen, now=LATER).stage == Stage.INTAKE


class TestRefuses:
    def test_who_has_signed_in_reads_why_and_until_when(self, town: Town) -> None:
        account = make_account()
        block(town, make_case(town, account_id=account.pk), "account", refuse=True)
        with pytest.raises(CannotOpen) as refused:
            make_case(town, account_id=account.pk, now=LATER)
        assert REASON in str(refused.value)
        assert "2026-04-20" in str(refused.value)

    def test_a_typed_telephone_proves_nothing_and_is_held(self, town: Town) -> None:
        block(town, make_case(town), "phone", refuse=True)
        assert why_held(make_case(town, stage=Stage.HELD)) == ["blocked"]

    def test_never_a_network_address(self, town: Town) -> None:
        (row,) = block(town, make_case(town, **nobody()), "address", refuse=True)
        assert not row.refuse


class TestDecides:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"until": date(2026, 4, 13)},
            {"until": date(2026, 4, 13) + timedelta(days=LONGEST_DAYS + 1)},
            {"reason": " x "},
            {"reason": "长" * 201},
        ],
    )
    def test_only_with_a_reason_and_an_end_in_reach(self, town: Town, wrong: dict[str, Any]) -> None:
        with pytest.raises(CannotBlock):
            block(town, make_case(town), "phone", **wrong)
        assert not Blocked.objects.exists()

    def test_the_longest_is_half_a_year(self, town: Town) -> None:
        assert block(town, make_case(town), "phone", until=date(2026, 4, 13) + timedelta(days=LONGEST_DAYS))

    def test_once_a_sender(self, town: Town) -> None:
        case = make_case(town)
        block(town, case, "phone")
        with pytest.raises(CannotBlock):
            block(town, case, "phone")

    def test_by_what_is_known_of_the_sender(self, town: Town) -> None:
        assert senders_of(make_case(town)) == ["phone"]
        assert senders_of(make_case(town, **nobody())) == ["address"]
        assert senders_of(make_case(town, confidential=True)) == []
        with pytest.raises(CannotBlock):
            block(town, make_case(town), "account", "address")

    def test_neither_a_neighbour_nor_who_only_screens(self, town: Town) -> None:
        case = make_case(town)
        for who in (town.gao, town.shen, make_anonymous()):
            with pytest.raises(Forbidden):
                block(town, case, "phone", by=who)

    def test_is_in_the_log_and_the_value_nowhere(self, town: Town) -> None:
        (row,) = block(town, make_case(town), "phone")
        entry = Entry.objects.get(what="cases.block_sender")
        assert (entry.object_id, entry.actor) == (row.pk, town.chen.name)
        assert row.hint == "138****5678"
        assert PHONE.encode() not in bytes(row.value_hash)

    def test_the_sender_is_told_by_telephone_and_in_the_account(self, town: Town) -> None:
        account = make_account()
        block(town, make_case(town, account_id=account.pk), "phone", "account")
        told = Message.objects.filter(template="case.blocked")
        assert {one.channel for one in told} == {"sms", "in_app"}
        assert all(REASON in one.text.reveal() and "2026-04-20" in one.text.reveal() for one in told)


class TestLifts:
    def test_before_its_end_with_a_reason(self, town: Town) -> None:
        (row,) = block(town, make_case(town), "phone")
        with pytest.raises(CannotBlock):
            usecases.lift_block(block_id=row.pk, why=" ", by=town.chen, now=LATER)
        for who in (town.gao, town.shen):
            with pytest.raises(Forbidden):
                usecases.lift_block(block_id=row.pk, why="异议成立", by=who, now=LATER)
        usecases.lift_block(block_id=row.pk, why="异议成立", by=town.chen, now=LATER)
        assert make_case(town, now=LATER).stage == Stage.INTAKE
        assert Entry.objects.filter(what="cases.lift_block", object_id=row.pk).count() == 1
        with pytest.raises(Forbidden):
            usecases.lift_block(block_id=row.pk, why="再解除", by=town.chen, now=LATER)
        block(town, make_case(town, now=LATER), "phone", now=LATER)  # and may be decided anew


def test_from_where_is_forgotten_after_thirty_days(town: Town) -> None:
    make_case(town, **nobody())
    make_case(town, account_id=make_account().pk, sent_from=ADDRESS)  # an account is known by itself
    assert Reporter.objects.exclude(sent_from=None).count() == 1
    assert ADDRESS.encode() not in bytes(Reporter.objects.exclude(sent_from=None).get().sent_from or b"")
    assert scheduled.forget_from_where(MORNING + timedelta(days=29)) == 0
    assert scheduled.forget_from_where(MORNING + timedelta(days=30)) == 1
    assert not Reporter.objects.exclude(sent_from=None).exists()


def test_the_pages_block_list_and_lift(town: Town) -> None:
    case = make_case(town, **nobody())
    head = signed_in(town.accounts["chen"])
    address = f"/desk/cases/{case.number}/block/"
    assert address in head.get(f"/desk/cases/{case.number}/").content.decode()
    assert address not in signed_in(town.accounts["shen"]).get(f"/desk/cases/{case.number}/").content.decode()
    page = head.get(address)
    key = page.content.decode().split('name="submit_key" value="')[1].split('"')[0]
    told = {"kinds": ["address"], "reason": REASON, "submit_key": key}
    assert head.post(address, {**told, "until": "2001-01-01"}).status_code == 422
    soon = (timezone.now().date() + timedelta(days=7)).isoformat()
    assert head.post(address, {**told, "until": soon}).status_code == 302
    row = Blocked.objects.get()
    shown = head.get("/desk/blocked/").content.decode()
    assert REASON in shown
    assert soon in shown
    lift = f"/desk/blocked/{row.pk}/lift/"
    key = head.get(lift).content.decode().split('name="submit_key" value="')[1].split('"')[0]
    assert head.post(lift, {"why": "异议成立", "submit_key": key}).status_code == 302
    assert "异议成立" in head.get("/desk/blocked/").content.decode()
    assert signed_in(town.accounts["gao"]).get(lift).status_code == 404
