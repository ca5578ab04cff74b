"""The picture says what the table says, whatever the table: every stage and way is in it, no two boxes overlap, nothing sticks out."""

import random
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from shequtong.cases.flow_graph import edges
from shequtong.cases.flow_layout import lay_out, main_line
from shequtong.cases.flow_picture import picture
from shequtong.cases.management.commands.flow_picture import PICTURES, drawn
from shequtong.cases.workflow import MOVES, Move, Stage
from shequtong.testing.architecture.contracts import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def synthetic(seed: int) -> dict[str, Move]:
    """Some table: any moves between any stages."""
    chance, stages = random.Random(seed), list(Stage)
    found = []
    for number in range(chance.randint(1, 45)):
        sources = tuple(chance.sample(stages, chance.randint(0, 5)))
        perhaps = tuple(chance.sample(stages, chance.randint(0, 2)))
        to = chance.choice([*stages, None])
        label = chance.choice(("回退", "Take the merger apart", "申诉 <终审> & “复核”"))
        found.append(Move(f"m{number}", label, sources, to, "cases.x", more=chance.random() < 0.4, may_end_in=perhaps))
    return {move.name: move for move in found}


TABLES = [pytest.param(MOVES, id="ours"), *(pytest.param(synthetic(seed), id=f"seed {seed}") for seed in range(25))]


@pytest.mark.parametrize("moves", TABLES)
def test_every_way_is_drawn_once(moves: dict[str, Move]) -> None:
    drawing = ElementTree.fromstring(picture(moves))  # our own
    named = {name for group in drawing.iter(f"{SVG}g") for name in group.get("data-moves", "").split()}
    boxes = [group.get("data-stage") for group in drawing.iter(f"{SVG}g") if group.get("data-stage")]
    found = edges(moves.values())
    assert named == {edge.move.name for edge in found}
    assert len(boxes) == len(set(boxes))
    assert {edge.source.value for edge in found} | {edge.target.value for edge in found} <= set(boxes)


@pytest.mark.parametrize("moves", TABLES)
def test_nothing_overlaps_nor_sticks_out(moves: dict[str, Move]) -> None:
    layout = lay_out(moves.values(), dict.fromkeys(moves, 120.0))
    boxes = list(layout.boxes.values())
    for one, other in combinations(boxes, 2):
        apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart_x or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert all(box.x >= 0 and box.x + box.width <= layout.width and box.y + box.height <= layout.height for box in boxes)
    assert all(0 <= layout.lane_x(net) <= layout.width for net in layout.nets)
    for one_net, other_net in combinations(layout.nets, 2):
        if (one_net.side, one_net.lane) == (other_net.side, other_net.lane):
            heights = [sorted(layout.port(net, stage)[1] for stage in net.stages) for net in (one_net, other_net)]
            assert heights[0][-1] < heights[1][0] or heights[1][-1] < heights[0][0]


def test_the_main_line_is_the_office_s_own() -> None:
    line = main_line(edges(MOVES.values()))
    assert line[-1] == Stage.CLOSED
    assert [stage for stage in line if stage in (Stage.INTAKE, Stage.REGISTERED, Stage.HANDLING, Stage.CLOSING)] == [
        *(Stage.INTAKE, Stage.REGISTERED, Stage.HANDLING, Stage.CLOSING)
    ]
    assert Stage.DECISION not in line


def test_it_reads_without_eyes_and_without_colours() -> None:
    drawing = ElementTree.fromstring(picture(MOVES, standalone=True))  # our own
    assert drawing.get("role") == "img"
    words = "".join(drawing.itertext())
    for stage in (Stage.INTAKE, Stage.CLOSED, Stage.DECISION):
        assert str(stage.label) in words
    assert drawing.find(f"{SVG}title") is not None
    assert str(Stage.CLOSED.label) in (drawing.findtext(f"{SVG}desc") or "")
    assert "prefers-color-scheme:dark" in words
    assert "<style" not in picture(MOVES)  # a page forbids styles of its own


def test_a_move_that_is_off_is_not_drawn() -> None:
    assert 'data-moves="reopen"' in picture(MOVES)
    assert 'data-moves="reopen"' not in picture(MOVES, ["reopen"])


@pytest.mark.parametrize("name", PICTURES)
def test_the_docs_show_the_table_of_today(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == drawn(PICTURES[name]), "run manage.py flow_picture"


def test_an_old_picture_is_caught(tmp_path: Path) -> None:
    call_command("flow_picture", into=tmp_path, verbosity=0)
    call_command("flow_picture", into=tmp_path, check=True)
    with translation.override("en"):
        (tmp_path / "flow.svg").write_text(picture(MOVES), encoding="utf-8")
    with pytest.raises(CommandError, match=r"flow\.svg"):
        call_command("flow_picture", into=tmp_path, check=True)
