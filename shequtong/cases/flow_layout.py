"""Where everything of the picture of a flow goes (流转图排版): the main line downwards, returns on its left, all else on its right.

Pure geometry over any table of moves. Every move that leaves the line has one lane of its own, with a port at each stage it touches.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from shequtong.cases.flow_graph import Edge, edges
from shequtong.cases.workflow.stages import ENDED_STAGES, Stage
from shequtong.cases.workflow.table import Move

BOX, SIDE_BOX, END_BOX = 190, 122, 132  # widths
PORT, LEAST, GAP, LANE, MARGIN = 21, 46, 46, 13, 16
MAIN_X = 156  # of the main line, from the left edge of the boxes: it passes a side box on its right
ORDER: Final = list(Stage)


@dataclass
class Box:
    """A stage as a rectangle, `beside` the main line or on it, or an end."""

    stage: Stage
    width: int
    x: float = 0
    y: float = 0
    height: float = LEAST
    ports: dict[str, list["Net"]] = field(default_factory=lambda: {"left": [], "right": []})

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def port_y(self, side: str, net: "Net") -> float:
        """Height of a net's port."""
        ports = self.ports[side]
        return self.y + self.height * (ports.index(net) + 0.5) / len(ports)


@dataclass(eq=False)
class Net:
    """The ways of one move off the main line: from each source by one lane to each target."""

    move: Move
    sources: list[Stage]
    targets: dict[Stage, bool]  # whether perhaps
    side: str = "right"
    lane: int = 0

    @property
    def stages(self) -> list[Stage]:
        """All it touches, from the top of the line."""
        return sorted({*self.sources, *self.targets}, key=ORDER.index)


@dataclass
class Layout:
    """Boxes by stage, nets with their lanes, what stands on the main line, and the size of it all."""

    main: list[Stage]
    boxes: dict[Stage, Box]
    nets: list[Net]
    steps: dict[tuple[Stage, Stage], list[Edge]]
    lane_from: dict[str, float] = field(default_factory=dict)
    width: float = 0
    height: float = 0

    def lane_x(self, net: Net) -> float:
        """Where the lane of a net runs."""
        return self.lane_from[net.side] + (LANE if net.side == "right" else -LANE) * net.lane

    def port(self, net: Net, stage: Stage) -> tuple[float, float]:
        """The point at which a net touches a stage: an end's port is on its left."""
        box = self.boxes[stage]
        side = "left" if stage in self.ends else net.side
        return box.x if side == "left" else box.x + box.width, box.port_y(side, net)

    @property
    def ends(self) -> list[Stage]:
        """Ends that are not on the main line."""
        return [stage for stage in self.boxes if stage in ENDED_STAGES and stage not in self.main]


def main_line(found: Sequence[Edge]) -> list[Stage]:
    """The longest way down the stages by moves that are not offered below the others."""
    best: dict[Stage, list[Stage]] = {}
    for stage in reversed(ORDER):
        onward = {
            edge.target
            for edge in found
            if edge.source == stage and not edge.move.more and ORDER.index(edge.target) > ORDER.index(stage)
        }
        tails = [best[target] for target in sorted(onward, key=ORDER.index)]
        best[stage] = [stage, *max(tails, key=len, default=[])]
    return max((best[stage] for stage in ORDER), key=len)


def lay_out(moves: Iterable[Move], label_width: dict[str, float], end_width: float = END_BOX) -> Layout:
    """Lay out the moves. `label_width` says how wide the label of each move is, by its name."""
    found = edges(moves)
    main = main_line(found)
    steps: dict[tuple[Stage, Stage], list[Edge]] = defaultdict(list)
    nets: dict[str, Net] = {}
    follows = set(pairwise(main))
    for edge in found:
        if (edge.source, edge.target) in follows:
            steps[edge.source, edge.target].append(edge)
            continue
        net = nets.setdefault(edge.move.name, Net(edge.move, [], {}))
        if edge.source not in net.sources:
            net.sources.append(edge.source)
        net.targets[edge.target] = net.targets.get(edge.target, True) and edge.perhaps
    touched = {stage for edge in found for stage in (edge.source, edge.target)} | set(main)
    boxes = {stage: _box(stage, main, end_width) for stage in ORDER if stage in touched}
    layout = Layout(main, boxes, list(nets.values()), dict(steps))
    _ports(layout)
    _rows(layout)
    _columns(layout, label_width)
    return layout


def _box(stage: Stage, main: list[Stage], end_width: float) -> Box:
    if stage in main:
        return Box(stage, BOX)
    return Box(stage, round(end_width)) if stage in ENDED_STAGES else Box(stage, SIDE_BOX)


def _ports(layout: Layout) -> None:
    ends = set(layout.ends)
    for net in layout.nets:
        back = all(ORDER.index(target) < ORDER.index(source) for source in net.sources for target in net.targets)
        mixed = any(ORDER.index(target) < ORDER.index(source) for source in net.sources for target in net.targets)
        net.side = "left" if (back or mixed) and not ends & {*net.sources, *net.targets} else "right"
        for stage in net.stages:
            layout.boxes[stage].ports["left" if stage in ends else net.side].append(net)
    for box in layout.boxes.values():
        for ports in box.ports.values():
            ports.sort(key=lambda net: (_centre(net) - ORDER.index(box.stage), net.move.name))


def _centre(net: Net) -> float:
    places = [ORDER.index(stage) for stage in net.stages]
    return (min(places) + max(places)) / 2


def _rows(layout: Layout) -> None:
    """Heights: the line from top to bottom, the ends beside what leads to them, none above another."""
    top = float(MARGIN)
    ends = layout.ends
    for stage, box in layout.boxes.items():
        box.height = max(LEAST, PORT * max(map(len, box.ports.values())) + 8)
        if stage not in ends:
            box.y = top
            top += box.height + GAP
    layout.height = top - GAP + MARGIN
    bottom = float(MARGIN)
    for stage in sorted(ends, key=lambda one: _wanted(layout, one)):
        box = layout.boxes[stage]
        box.y = max(bottom, _wanted(layout, stage) - box.height / 2)
        bottom = box.y + box.height + GAP
        layout.height = max(layout.height, bottom - GAP + MARGIN)


def _wanted(layout: Layout, stage: Stage) -> float:
    ends = set(layout.ends)
    near = [layout.boxes[one].middle for net in layout.boxes[stage].ports["left"] for one in net.stages if one not in ends]
    return sum(near) / len(near) if near else 0


def _columns(layout: Layout, label_width: dict[str, float]) -> None:
    """Lanes, shortest nearest to the line; two that do not meet share one."""
    lanes: dict[str, list[list[tuple[float, float]]]] = {"left": [], "right": []}
    spans = {net: _span(layout, net) for net in layout.nets}
    for net in sorted(layout.nets, key=lambda one: (spans[one][1] - spans[one][0], one.move.name)):
        low, high = spans[net]
        side = lanes[net.side]
        free = (at for at, taken in enumerate(side) if all(high + 6 < start or end + 6 < low for start, end in taken))
        net.lane = next(free, len(side))
        if net.lane == len(side):
            side.append([])
        side[net.lane].append((low, high))
    widest = {side: max((label_width[net.move.name] for net in layout.nets if net.side == side), default=0) for side in lanes}
    left = MARGIN + LANE * len(lanes["left"]) + widest["left"] + 20
    for box in layout.boxes.values():
        box.x = left
    layout.lane_from = {"left": left - widest["left"] - 20, "right": left + BOX + widest["right"] + 20}
    ends_x = layout.lane_from["right"] + LANE * len(lanes["right"]) + 14
    for stage in layout.ends:
        layout.boxes[stage].x = ends_x
    layout.width = max(box.x + box.width for box in layout.boxes.values()) + MARGIN
    if not layout.ends:
        layout.width = max(layout.width, ends_x + MARGIN)


def _span(layout: Layout, net: Net) -> tuple[float, float]:
    heights = [layout.port(net, stage)[1] for stage in net.stages]
    return min(heights), max(heights)
