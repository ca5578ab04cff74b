"""The stages as a graph (流转图): which can be reached, and from which one can still get to the end. Pure, over any table of moves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from shequtong.cases.workflow.conditions import by_themselves, not_by_themselves
from shequtong.cases.workflow.stages import Stage
from shequtong.cases.workflow.table import Move, Standing


@dataclass(frozen=True)
class Edge:
    """One way from a stage to another, by a move; `perhaps` when the move may also lead elsewhere."""

    source: Stage
    target: Stage
    move: Move
    perhaps: bool = False


def edges(moves: Iterable[Move]) -> list[Edge]:
    """Every way to another stage, in the order of the table."""
    found = []
    for move in moves:
        for source in move.sources:
            if move.to is not None and move.to != source:
                found.append(Edge(source, move.to, move))
            found += [Edge(source, target, move, perhaps=True) for target in move.may_end_in if target != source]
    return found


def of_kind(moves: Mapping[str, Move], off: Collection[str], *, self_handled: bool) -> list[Move]:
    """Moves in use for the cases that were settled on the spot, or for all others: the two part at 核查."""
    standing = Standing(Stage.VERIFICATION, self_handled=self_handled)
    parting = (by_themselves, not_by_themselves)
    return [
        move
        for move in moves.values()
        if move.name not in off and not any(condition(standing) for condition in move.conditions if condition in parting)
    ]


def reachable(starts: Iterable[Stage], found: Iterable[Edge]) -> set[Stage]:
    """All stages that can be got to from `starts`, these among them."""
    onward: dict[Stage, set[Stage]] = defaultdict(set)
    for edge in found:
        onward[edge.source].add(edge.target)
    seen, waiting = set(starts), list(starts)
    while waiting:
        for target in onward[waiting.pop()] - seen:
            seen.add(target)
            waiting.append(target)
    return seen


def dead_ends(among: Iterable[Stage], goal: Stage, found: list[Edge]) -> list[Stage]:
    """Stages from which the goal cannot be got to; of those that follow one another only the last, where something must be mended."""
    stuck = {stage for stage in among if goal not in reachable([stage], found)}
    inside = [edge for edge in found if edge.source in stuck and edge.target in stuck]
    after = {stage: reachable([stage], inside) for stage in stuck}
    return sorted((stage for stage in stuck if all(stage in after[other] for other in after[stage])), key=list(Stage).index)
