"""The life of a case (案件流转) as a table that a clerk could check: stages, moves, who, what is required, which clock starts.

Stage kinds are fixed in code (design.md 5); function → role stands in config/roles.py and the flow of a place, limits and wording in rows.
核实 (does it exist?) comes before 立案, 核查 (was it fixed?) before 结案.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shequtong.cases.workflow.answers import ANSWERS
from shequtong.cases.workflow.before import BEFORE
from shequtong.cases.workflow.clocks import CLOCKS
from shequtong.cases.workflow.keys import KEYS
from shequtong.cases.workflow.main import MAIN
from shequtong.cases.workflow.oversight import OVERSIGHT
from shequtong.cases.workflow.reporters import REPORTERS
from shequtong.cases.workflow.stages import (
    EARLY_STAGES,
    ENDED_STAGES,
    MAIN_LINE,
    OPEN_STAGES,
    PUBLIC_STAGES,
    STATION_STAGES,
    Stage,
)
from shequtong.cases.workflow.stations import STATIONS
from shequtong.cases.workflow.table import Clock, Move, Standing, why_closed

__all__ = [
    "EARLY_STAGES",
    "ENDED_STAGES",
    "KEYS",
    "MAIN_LINE",
    "MOVES",
    "OPEN_STAGES",
    "PUBLIC_STAGES",
    "STATION_STAGES",
    "Clock",
    "Move",
    "OpenMove",
    "Stage",
    "Standing",
    "moves_from",
    "why_closed",
]

MOVES: dict[str, Move] = {move.name: move for move in (*BEFORE, *MAIN, *STATIONS, *CLOCKS, *ANSWERS, *OVERSIGHT, *REPORTERS)}


@dataclass(frozen=True)
class OpenMove:
    """A move as offered: `closed_because` is empty when it may be made now, else the reason in words."""

    move: Move
    closed_because: object = ""

    @property
    def is_open(self) -> bool:
        return not self.closed_because

    @property
    def key(self) -> str:
        """The letter that presses its button."""
        return KEYS.get(self.move.name, "")


def moves_from(standing: Standing, held: Iterable[str], off: Collection[str] = ()) -> list[OpenMove]:
    """Moves of the current stage that the holder of these permissions is offered, each open or with why it is closed.

    `off` are those that the flow of the place does without.
    """
    permitted = set(held)
    return [
        OpenMove(move, why_closed(move, standing))
        for move in MOVES.values()
        if move.offered and move.name not in off and move.permission in permitted and standing.stage in move.sources
    ]
