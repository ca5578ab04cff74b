"""Nothing is left hanging: every event is published and wired, every move has its event, every job is run by the worker."""

import inspect
from dataclasses import dataclass
from datetime import timedelta
from types import ModuleType

import pytest

from shequtong.cases.events import OF_MOVE, CaseClosed
from shequtong.cases.workflow import MOVES, Move
from shequtong.config.worker import JOBS
from shequtong.core.events import handlers_of
from shequtong.core.jobs import Job
from shequtong.flows import case_told as told
from shequtong.flows.followers import tell_followers
from shequtong.flows.systems_told import tell_systems
from shequtong.flows.wiring import WIRING
from shequtong.testing.architecture import wiring

EVENTS = [event for module in wiring.modules_named("events").values() for event in wiring.events_of(module)]


def test_every_event_is_wired_published_and_frozen() -> None:
    assert len(EVENTS) > 10
    assert wiring.unwired(EVENTS, WIRING) == []
    assert wiring.unpublished(EVENTS, wiring.usecase_sources()) == []
    assert wiring.unfit(EVENTS) == []


def test_the_wiring_names_events_only_and_is_connected() -> None:
    assert set(WIRING) <= set(EVENTS)
    for event, reactions in WIRING.items():
        assert handlers_of(event) == reactions
        for reaction in reactions:
            assert len(inspect.signature(reaction).parameters) == 1, f"{reaction} must take the event alone"


def test_every_move_has_its_event() -> None:
    assert set(OF_MOVE) == set(MOVES)
    assert len(set(OF_MOVE.values())) == len(OF_MOVE)


def test_an_event_left_hanging_is_caught() -> None:
    @dataclass
    class CaseLost:
        case_id: int

    assert wiring.unwired([CaseLost], WIRING)
    assert wiring.unpublished([CaseLost], wiring.usecase_sources())
    assert wiring.unfit([CaseLost])
    assert wiring.unfit([type("Loose", (), {})])
    assert wiring.unpublished([CaseClosed], {"cases/usecases/close_case.py": "pass"})


def test_every_job_is_in_the_workers_list() -> None:
    jobs_of = {area: module.JOBS for area, module in wiring.modules_named("scheduled").items()}
    assert jobs_of
    assert wiring.unlisted(jobs_of, JOBS) == []
    assert [line for module in wiring.modules_named("scheduled").values() for line in wiring.unnamed(module)] == []
    assert len(JOBS) == sum(len(jobs) for jobs in jobs_of.values())


def test_an_event_that_its_room_does_not_hand_on_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    room = wiring.modules_named("events")["cases"]
    monkeypatch.delattr(room, CaseClosed.__name__)
    found = wiring.events_of(room)
    assert CaseClosed in found
    assert len(found) == len(set(found))


def test_a_forgotten_job_is_caught() -> None:
    lost = Job("audit.lost", timedelta(1), lambda _now: 0)
    room = ModuleType("shequtong.audit.scheduled")
    vars(room).update(JOBS=(), forget=lost)
    assert wiring.unnamed(room) == ["audit.lost is not in JOBS of shequtong.audit.scheduled"]
    assert wiring.unlisted({"audit": [lost]}, JOBS) == ["audit.lost is not in the worker's list"]
    assert wiring.unlisted({"files": [lost]}, [lost]) == ["audit.lost belongs to files"]
    assert wiring.unlisted({"audit": [lost]}, [lost, lost]) == ["audit.lost is listed twice"]


TELLS = {
    "reporter": told.tell_reporter,
    "station": told.tell_station,
    "assisting": told.tell_station,
    "helpers": told.tell_station,
    "office": told.tell_office,
    "assignee": told.tell_assignee,
    "holder": told.tell_holder,
    "above": told.tell_above,
    "former": told.tell_former,
    "urgers": told.tell_urgers,
}
WORDED = {
    "reporter": told.TO_REPORTER,
    "station": told.TO_STATION,
    "assisting": told.TO_STATION,
    "helpers": told.TO_HELPERS,
    "office": told.TO_OFFICE,
    "assignee": told.TO_ASSIGNEE,
    "holder": told.TO_HOLDER,
    "above": told.TO_ABOVE,
    "former": told.TO_FORMER,
    "urgers": told.TO_OFFICE,
}


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.name)
def test_who_the_table_of_moves_says_is_told_is_told(move: Move) -> None:
    event = OF_MOVE[move.name]
    assert set(WIRING[event]) - {tell_followers, tell_systems} == {TELLS[audience] for audience in move.told}
    assert {id(words) for words in WORDED.values() if event in words} == {id(WORDED[audience]) for audience in move.told}
