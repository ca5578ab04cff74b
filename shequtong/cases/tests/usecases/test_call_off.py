"""call_off: who does not answer holds no case up; what is called off counts as nothing, and whom it waited for is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shequtong.access.testing import make_actor
from shequtong.cases import usecases
from shequtong.cases.models import Asking, Assistance, Case, HandOver, Step
from shequtong.cases.testing import make_case
from shequtong.cases.usecases.call_off import CannotCallOff
from shequtong.cases.usecases.turns import CannotMove
from shequtong.cases.views.side_matters import side_matters
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.figures.verification import Verification
from shequtong.messaging.models import Message
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def figures_agree(db: None) -> object:
    """Afterwards the counts are what the steps amount to."""
    yield
    assert [each.line() for each in Verification(STREET).differences()] == []


def asked(town: Town, what: str) -> Case:
    """Of others: help of urban management, to take it over, or more time."""
    case = make_case(town, stage=Stage.HANDLING)
    ask: dict[str, Callable[[], object]] = {
        "task": lambda: usecases.ask_assistance(
            number=case.number, station_id=town.urban.pk, task="请协助清理", by=town.wang, now=LATER
        ),
        "offer": lambda: usecases.hand_over_case(
            number=case.number, to=town.urban.pk, reason="属城管职责", by=town.wang, now=LATER
        ),
        "time": lambda: usecases.extend_case(number=case.number, reason="配件在途", by=town.wang, now=LATER),
    }
    ask[what]()
    return case


def off(town: Town, case: Case, what: str, by: Actor | None = None) -> Case:
    station = town.urban.pk if what == "task" else None
    return usecases.call_off(
        number=case.number, what=what, station_id=station, reason="对方迟迟未答复", by=by or town.wang, now=LATER
    )


@pytest.mark.parametrize(("what", "whom"), [("task", "zhou"), ("offer", "zhou"), ("time", "lin")])
def test_nobody_who_does_not_answer_holds_a_case_up(town: Town, what: str, whom: str) -> None:
    case = asked(town, what)
    due = Case.objects.get(pk=case.pk).due_at
    with pytest.raises(CannotMove):
        usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)

    off(town, case, what)

    case.refresh_from_db()
    assert (case.assisting_open, case.asking, case.offered_station_id, case.due_at) == (0, "", None, due)
    assert (case.extend_count, case.lead_station_id, case.stage) == (0, town.police.pk, Stage.HANDLING)
    told = Message.objects.filter(template="case.RequestCalledOff")
    assert town.accounts[whom].pk in told.values_list("account_id", flat=True)
    assert "对方迟迟未答复" in told.latest("id").text.reveal()
    usecases.handle_case(number=case.number, result="已处置", by=town.wang, now=LATER)


def test_what_is_called_off_is_not_refused_nor_declined(town: Town) -> None:
    case = asked(town, "time")
    off(town, case, "time")
    (request,) = side_matters(Step.objects.filter(case=case).order_by("number")).requests
    assert (request.state, Asking.objects.get().words) == ("off", "对方迟迟未答复")
    usecases.extend_case(number=case.number, reason="确需延期", by=town.wang, now=LATER)

    helped = asked(town, "task")
    off(town, helped, "task")
    found = Assistance.objects.get(case=helped)
    assert (found.is_open, found.state, found.answer) == (False, "asked", "")
    with pytest.raises(CannotMove):
        usecases.answer_assistance(
            number=helped.number, station_id=town.urban.pk, done=True, answer="已清理", by=town.zhou, now=LATER
        )


def test_a_hand_over_called_off_is_taken_over_no_more(town: Town) -> None:
    case = asked(town, "offer")
    handler = make_actor("station_handler", town.precinct, town.police)
    with pytest.raises(Forbidden):  # what the head offered, a handler does not call off
        off(town, case, "offer", by=handler)
    off(town, case, "offer")
    with pytest.raises(Forbidden):
        usecases.take_over_case(number=case.number, by=town.zhou, now=LATER)
    assert HandOver.objects.get().answered_by == "王强"


def test_what_is_not_open_is_not_called_off(town: Town) -> None:
    idle, case = make_case(town, stage=Stage.HANDLING), asked(town, "task")
    with pytest.raises(CannotMove):
        off(town, idle, "task")
    for what, station in (("offer", None), ("time", None), ("task", None), ("task", town.police.pk), ("all", None)):
        with pytest.raises(CannotCallOff):
            usecases.call_off(number=case.number, what=what, station_id=station, reason="不需要了", by=town.wang, now=LATER)
    with pytest.raises(CannotMove):
        usecases.call_off(number=case.number, what="task", station_id=town.urban.pk, reason=" ", by=town.wang, now=LATER)


def test_is_forbidden_to_others(town: Town) -> None:
    case = asked(town, "task")
    for stranger in (
        town.gao,
        town.zhou,
        town.chen,
        town.lin,
        town.sun,
        make_actor("station_head", town.next_street, town.next_police),
    ):
        with pytest.raises(Forbidden):
            off(town, case, "task", by=stranger)


def test_while_the_clock_stands_still_too(town: Town) -> None:
    case = asked(town, "task")
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=town.wang, now=LATER)
    off(town, case, "task")
