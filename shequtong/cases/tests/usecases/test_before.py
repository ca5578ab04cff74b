"""Before a case is registered: screening, confirmation, and saying no with a reason."""

from datetime import timedelta

import pytest

from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewCase
from shequtong.cases.usecases.confirm_case import CannotConfirm
from shequtong.cases.usecases.not_accept_case import CannotRefuse
from shequtong.cases.usecases.open_case import CannotOpen
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.workflow import Stage
from shequtong.core.refusals import Forbidden
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(minutes=10)
COVER = "0101"  # its standard asks for a look on the spot


def last(case: Case) -> Step:
    return Step.objects.filter(case=case).latest("number")


def test_a_residents_report_of_a_thing_is_looked_at_first(town: Town) -> None:
    case = make_case(town, stage=Stage.CONFIRMATION, cls=COVER)
    with pytest.raises(CannotMove):
        usecases.register_case(number=case.number, by=town.shen, now=LATER)

    usecases.confirm_case(number=case.number, finding="exists", words="井盖翘起约三公分", by=town.sun, now=LATER)

    case.refresh_from_db()
    assert (case.stage, case.confirmed_at, last(case).details) == (Stage.INTAKE, LATER, {"finding": "exists"})
    assert case.clock_from == LATER


def test_what_staff_or_the_telephone_bring_is_not(town: Town) -> None:
    found = NewCase(COVER, "巡查发现井盖翘起", "staff", building_id=town.building.pk)
    assert usecases.open_case(new=found, by=town.he, now=LATER).stage == Stage.INTAKE


def test_who_told_it_does_not_confirm_it(town: Town) -> None:
    town.accounts["teller"] = town.accounts["sun"]
    case = make_case(town, stage=Stage.CONFIRMATION, cls=COVER, account_id=town.accounts["sun"].pk)
    with pytest.raises(CannotConfirm):
        usecases.confirm_case(number=case.number, finding="exists", words="属实", by=town.sun, now=LATER)


def test_a_finding_is_one_of_three(town: Town) -> None:
    case = make_case(town, stage=Stage.CONFIRMATION, cls=COVER)
    with pytest.raises(CannotConfirm):
        usecases.confirm_case(number=case.number, finding="maybe", words="说不清", by=town.sun, now=LATER)


def test_the_reporter_reads_why_it_is_not_accepted(town: Town) -> None:
    case = make_case(town)
    usecases.not_accept_case(number=case.number, why="not_ours", words="请向区住建局反映", by=town.shen, now=LATER)

    case.refresh_from_db()
    assert (case.stage, case.due_at, case.wake_at) == (Stage.NOT_ACCEPTED, NEVER, NEVER)
    assert "请向区住建局反映" in Message.objects.filter(channel="sms").latest("id").text.reveal()
    with pytest.raises(CannotMove):
        usecases.register_case(number=case.number, by=town.shen, now=LATER)


def test_a_reason_of_the_list_is_needed(town: Town) -> None:
    with pytest.raises(CannotRefuse):
        usecases.not_accept_case(number=make_case(town).number, why="", words="不归我们管", by=town.shen, now=LATER)


def test_a_held_report_goes_where_it_would_have_gone(town: Town) -> None:
    for cls, to in ((COVER, Stage.CONFIRMATION), ("L01", Stage.INTAKE)):
        case = make_case(town, stage=Stage.HELD, cls=cls, held=("insult",))
        usecases.admit_case(number=case.number, by=town.shen, now=LATER)
        case.refresh_from_db()
        assert case.stage == to


def test_is_forbidden_from_the_next_street(town: Town) -> None:
    held, early = make_case(town, stage=Stage.HELD, held=("insult",)), make_case(town, stage=Stage.CONFIRMATION, cls=COVER)
    with pytest.raises(Forbidden):
        usecases.admit_case(number=held.number, by=town.gao, now=LATER)
    with pytest.raises(Forbidden):
        usecases.confirm_case(number=early.number, finding="exists", words="属实", by=town.gao, now=LATER)
    with pytest.raises(Forbidden):
        usecases.not_accept_case(number=early.number, why="not_ours", words="不受理", by=town.gao, now=LATER)


def found(town: Town, **more: object) -> NewCase:
    return NewCase("0101", "人行道井盖移位", "staff", building_id=town.building.pk, **more)  # type: ignore[arg-type]  # a dictionary of arguments of many kinds


def test_what_is_settled_on_the_spot_needs_a_photo_after_and_words(town: Town) -> None:
    with pytest.raises(CannotOpen):
        usecases.self_handle(new=found(town), done="已复位", after=(), by=town.he, now=MORNING)


def test_somebody_else_reviews_what_was_settled_on_the_spot(town: Town) -> None:
    case = usecases.open_case(new=found(town, settled="已复位并盖好"), by=town.hu, now=MORNING)
    assert (case.stage, case.self_handled, last(case).move) == (Stage.VERIFICATION, True, "self_handle")
    with pytest.raises(CannotMove):
        usecases.verify_case(number=case.number, by=town.sun, now=LATER)
    with pytest.raises(Forbidden):
        usecases.review_self_handled(number=case.number, valid=True, by=town.gao, now=LATER)

    usecases.review_self_handled(number=case.number, valid=True, by=town.shen, now=LATER)

    case.refresh_from_db()
    assert (case.stage, case.closed_at, case.due_at) == (Stage.CLOSED, LATER, NEVER)


def test_a_review_that_refuses_says_why_and_voids(town: Town) -> None:
    case = usecases.open_case(new=found(town, settled="已复位并盖好"), by=town.he, now=MORNING)
    with pytest.raises(CannotMove):
        usecases.review_self_handled(number=case.number, valid=False, by=town.shen, now=LATER)
    usecases.review_self_handled(number=case.number, valid=False, words="照片看不清", by=town.shen, now=LATER)
    case.refresh_from_db()
    assert case.stage == Stage.VOIDED
