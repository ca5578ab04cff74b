"""The same matter told twice goes on as one case; every reporter stays informed; a merger is taken apart again, the last one first."""

from datetime import timedelta

import pytest

from shequtong.access.testing import make_anonymous
from shequtong.accounts.testing import signed_in
from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case, Joined, Merge, Step
from shequtong.cases.testing import make_case
from shequtong.cases.tests.resident.browser import Phone
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.merge_case import CannotMerge
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)


def told_by(n: int) -> NewReporter:
    return NewReporter(phone=f"1370000000{n}", consent="page", notice_version="t")


def case_of(town: Town, n: int, **more: object) -> Case:
    return make_case(town, reporter=told_by(n), **more)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def merge(town: Town, case: Case, into: Case, **more: object) -> Merge:
    values = {"reason": "同一处路灯", "by": town.shen, "now": LATER, **more}
    return usecases.merge_case(number=case.number, into=into.number, **values)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def unmerge(town: Town, case: Case, **more: object) -> Case:
    values = {"reason": "并非同一处", "by": town.shen, "now": LATER + timedelta(minutes=5), **more}
    return usecases.unmerge_case(number=case.number, **values)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def hears(case: Case) -> set[str]:
    """Telephones told when a case ends now."""
    case.refresh_from_db()
    rows = Joined.objects.filter(case=case, ended_at__isnull=True).select_related("reporter")
    assert case.joined_count == len(rows)
    assert case.reporter is not None
    return {row.reporter.phone.reveal() for row in rows} | {case.reporter.phone.reveal()}


def test_ends_in_the_other_whose_outcome_its_reporter_hears(town: Town) -> None:
    one, other = case_of(town, 1), case_of(town, 2, stage=Stage.HANDLING)
    merge(town, one, other)

    one.refresh_from_db()
    assert (one.stage, one.merged_into_id, one.due_at, one.wake_at) == (Stage.MERGED, other.pk, NEVER, NEVER)
    said = Message.objects.filter(channel="sms", template="case.CaseMerged").get()
    assert other.number in said.text.reveal()
    assert hears(other) == {"13700000001", "13700000002"}
    usecases.handle_case(number=other.number, result="已更换灯具", by=town.wang, now=LATER)
    assert list(Verification(one.subdistrict_id).differences()) == []


def test_taken_apart_it_goes_on_where_it_was_with_a_new_clock(town: Town) -> None:
    one, other = case_of(town, 1, stage=Stage.REGISTERED), case_of(town, 2)
    before = Case.objects.get(pk=one.pk)
    merge(town, one, other)
    unmerge(town, one)

    one.refresh_from_db()
    assert (one.stage, one.merged_into_id) == (Stage.REGISTERED, None)
    assert one.clock_from == LATER + timedelta(minutes=5)
    assert one.due_at > before.due_at
    assert hears(other) == {"13700000002"}
    assert Step.objects.filter(case=one).latest("number").details == {"from": other.number}
    merge(town, one, other)  # and once more
    assert hears(other) == {"13700000001", "13700000002"}
    assert list(Verification(one.subdistrict_id).differences()) == []


def test_a_case_that_is_merged_carries_all_along_and_is_taken_apart_last_first(town: Town) -> None:
    first, second, third = (case_of(town, n) for n in (1, 2, 3))
    usecases.join_case(number=first.number, reporter=told_by(9), by=make_anonymous(), now=LATER)
    merge(town, first, second)
    merge(town, second, third)
    assert hears(third) == {f"1370000000{n}" for n in (1, 2, 3, 9)}

    with pytest.raises(CannotMerge):
        unmerge(town, first)  # its reporters are with the third
    unmerge(town, second)
    assert hears(third) == {"13700000003"}
    assert hears(second) == {f"1370000000{n}" for n in (1, 2, 9)}
    unmerge(town, first)
    assert hears(second) == {"13700000002"}
    assert hears(first) == {"13700000001", "13700000009"}
    assert list(Verification(first.subdistrict_id).differences()) == []


def test_who_told_both_is_told_once(town: Town) -> None:
    one, other = case_of(town, 1), case_of(town, 1)
    merge(town, one, other)
    usecases.void_case(number=other.number, reason="经核实不存在", by=town.chen, now=LATER)
    assert Message.objects.filter(template="case.CaseVoided").count() == 1


def test_who_withdrew_hears_no_more(town: Town) -> None:
    one, other = case_of(town, 1, stage=Stage.REGISTERED), case_of(town, 2)
    usecases.withdraw_case(number=one.number, reason="已自行解决", by=make_anonymous(one.pk), now=LATER)
    merge(town, one, other)
    assert hears(other) == {"13700000002"}
    assert not Message.objects.filter(template="case.CaseMerged").exists()


def test_refusals(town: Town) -> None:
    one, other, handled = case_of(town, 1), case_of(town, 2), case_of(town, 3, stage=Stage.HANDLING)
    closed, held = case_of(town, 4, stage=Stage.CLOSED), case_of(town, 5, stage=Stage.HELD, held=("insult",))
    foreign = make_case(town, building_id=town.next_building.pk)
    for into in (one, closed, held, foreign):
        with pytest.raises(CannotMerge):
            merge(town, one, into)
    with pytest.raises(CannotMove):
        merge(town, handled, one)  # a station has it in hand
    with pytest.raises(CannotMove):
        merge(town, one, other, reason=" ")
    for by in (town.gao, town.wang, town.qian):
        with pytest.raises((Forbidden, CannotMerge)):
            merge(town, one, other, by=by)
    assert not Merge.objects.exists()


def test_not_after_thirty_days_nor_when_the_other_has_ended(town: Town) -> None:
    one, two, other = (case_of(town, n) for n in (1, 2, 3))
    merge(town, one, other)
    merge(town, two, other)
    with pytest.raises(CannotMerge):
        unmerge(town, one, now=LATER + timedelta(days=30, seconds=1))
    with pytest.raises(Forbidden):
        unmerge(town, one, by=town.gao)
    unmerge(town, one, now=LATER + timedelta(days=30))
    usecases.void_case(number=other.number, reason="经核实不存在", by=town.chen, now=LATER + timedelta(days=30))
    with pytest.raises(CannotMerge):
        unmerge(town, two)


def test_is_offered_on_the_case_page_and_made_on_its_own(town: Town) -> None:
    from django.utils import timezone

    lately = timezone.now() - timedelta(hours=1)
    one, other = case_of(town, 1, now=lately), case_of(town, 2, now=lately)
    browser = Phone(signed_in(town.accounts["shen"])).open(f"/desk/cases/{one.number}/")
    link = next(link for link in browser.links if "merge/?into=" in link)
    browser.open(link)
    form = browser.form("into")
    assert dict(form.fields)["into"] == other.number
    browser.press(form, note="同一处路灯", into=other.number.lower())
    assert browser.address == f"/desk/cases/{one.number}/"
    assert f"/desk/cases/{other.number}/" in browser.links
    browser.open(f"/desk/cases/{other.number}/")
    assert f"/desk/cases/{one.number}/" in browser.links
    browser.open(f"/desk/cases/{one.number}/unmerge/")
    browser.press(browser.form("note"), note="并非同一处")
    one.refresh_from_db()
    assert one.stage == Stage.INTAKE


def test_who_may_not_merge_is_shown_nothing_near(town: Town) -> None:
    one, _other = case_of(town, 1, stage=Stage.HANDLING), case_of(town, 2)
    browser = Phone(signed_in(town.accounts["wang"])).open(f"/desk/cases/{one.number}/")
    assert "merge/?into=" not in browser.text
