"""wake_cases: what time does to cases, in order, once, whatever the workers do."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shequtong.cases import usecases
from shequtong.cases.models import NEVER, Case, Step, Urge
from shequtong.cases.scheduled import wake
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import wake_cases as waking
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.cases.workflow import Stage
from shequtong.core.actors import SystemActor
from shequtong.testing.town import STREET, Town

pytestmark = pytest.mark.django_db
CLOCK = SystemActor("Clock")


def moves(case: Case) -> list[str]:
    return list(Step.objects.filter(case=case).order_by("number").values_list("move", flat=True))


def woken(now: datetime) -> int:
    return wake_cases(subdistrict_id=STREET, by=CLOCK, now=now)


def test_a_case_that_lies_is_reminded_once_and_escalated_level_by_level(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    assert case.wake_at == case.amber_at

    assert woken(case.amber_at - timedelta(seconds=1)) == 0
    assert woken(case.amber_at) == 1
    assert woken(case.amber_at) == 0
    for hours in (0, 24, 72):
        assert woken(case.due_at + timedelta(hours=hours)) == 1

    assert moves(case)[-4:] == ["remind", "escalate", "escalate", "escalate"]
    assert list(Urge.objects.filter(case=case).order_by("id").values_list("level", "automatic")) == [
        (1, True),
        (2, True),
        (3, True),
    ]
    case.refresh_from_db()
    assert (case.warned, case.wake_at) == (4, NEVER)
    assert woken(case.due_at + timedelta(days=300)) == 0


def test_a_dispatch_that_nobody_accepts_is_taken_back(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED)

    assert woken(case.accept_by) == 1

    case.refresh_from_db()
    assert (case.stage, case.lead_station_id, case.accept_by) == (Stage.REGISTERED, None, NEVER)
    step = Step.objects.filter(case=case).latest("number")
    assert (step.move, step.details["station"]) == ("take_back", town.police.pk)


def test_an_answered_case_closes_by_itself_after_the_window(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSING)
    usecases.answer_case(number=case.number, text="您好，已处理完毕。", publish=False, by=town.lin, now=case.stage_since)
    case.refresh_from_db()
    assert case.close_by == case.stage_since + timedelta(days=7)

    while woken(case.close_by):
        pass

    case.refresh_from_db()
    assert (case.stage, case.close_by, case.wake_at) == (Stage.CLOSED, NEVER, NEVER)
    assert moves(case)[-1] == "auto_close"


def test_two_moments_of_one_second_come_in_their_order(town: Town) -> None:
    case = make_case(town, stage=Stage.DISPATCHED)
    Case.objects.filter(pk=case.pk, subdistrict=STREET).update(accept_by=case.due_at, amber_at=case.due_at, wake_at=case.due_at)

    while woken(case.due_at):
        pass

    # Taken back first; the clock of the dispatcher starts anew, so nobody is reminded of the old one.
    assert moves(case)[-1] == "take_back"


def test_one_case_that_fails_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = make_case(town, stage=Stage.HANDLING), make_case(town, stage=Stage.HANDLING)
    real = waking._MOVES["remind"]

    def fails_once(*, number: str, **more: Any) -> object:
        if number == broken.number:
            raise RuntimeError("no such luck")
        return real(number=number, **more)

    monkeypatch.setitem(waking._MOVES, "remind", fails_once)
    now = sound.amber_at
    woken(now)

    assert moves(sound)[-1] == "remind"
    broken.refresh_from_db()
    assert broken.wake_at == now + waking.LATER


def test_the_worker_wakes_every_place(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    assert wake(case.amber_at) == 1
