"""Answers and what is heard after them: approved by a second person of the office, called back in one's own territory; phrases of one's own street."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from shequtong.cases import usecases
from shequtong.cases.examples import EXAMPLES
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING, NOON, TOWN_HALL


def drafted(scene: Scene) -> Values:
    """A drafted answer waits for approval."""
    lamp = next(each for each in EXAMPLES if each.code == "L01")
    usecases.publish_standard(new=replace(lamp, answer_approval=True), by=TOWN_HALL, now=NOON)
    case = make_case(scene.town, stage=Stage.CLOSING, account_id=scene.resident.pk)
    later = MORNING + timedelta(hours=3)
    usecases.answer_case(number=case.number, text="您好，已处理完毕。", publish=False, by=scene.town.lin, now=later)
    return {"number": case.number}


def closed(scene: Scene) -> Values:
    """A closed case of the resident."""
    return {"number": make_case(scene.town, stage=Stage.CLOSED, account_id=scene.resident.pk).number}


def a_phrase(scene: Scene) -> Values:
    """A phrase of the street."""
    written = usecases.write_phrase(use="answer", title="已修复", text="您好，已修复。", by=scene.town.shen, now=NOON)
    return {"phrase_id": written.pk}


MAKES_IT = only(Kind.STAFF, outcome=302)
PHRASE = {"use": "answer", "title": "已修复", "text": "您好，您反映的问题已修复。", "rank": "1"}
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, dict[str, str]], ...] = (
    ("approve_answer", drafted, "chen", {"note": "同意"}),
    ("return_answer", drafted, "chen", {"note": "请写明处理时间"}),
    ("call_back", closed, "shen", {"reached": "yes", "solved": "yes", "score": "5", "words": "满意"}),
)


def posted(data: Values) -> Callable[[Scene], Values]:
    """What a form says, whatever the scene."""
    return lambda _scene: data


ROWS = [
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=posted(data))
        for verb, maker, staff, data in MOVES
    ),
    Row("cases:desk-answers", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION), staff="lin"),
    Row("cases:desk-call-backs", only(Kind.STAFF, Kind.NEIGHBOUR), staff="hu"),
    Row("cases:desk-phrases", only(Kind.STAFF, Kind.NEIGHBOUR), staff="shen"),
    Row(
        "cases:desk-phrases",
        only(Kind.STAFF, Kind.NEIGHBOUR, outcome=302),
        method="POST",
        staff="shen",
        data=lambda _scene: PHRASE,
    ),
    Row("cases:desk-phrase", only(Kind.STAFF), staff="shen", kwargs=a_phrase),
    Row("cases:desk-phrase", MAKES_IT, method="POST", staff="shen", kwargs=a_phrase, data=lambda _scene: PHRASE),
    Row("cases:desk-phrase-end", MAKES_IT, method="POST", staff="shen", kwargs=a_phrase),
]
