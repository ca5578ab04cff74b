"""The desk's case pages: one's own territory or station; headers for the street's other stations and for limited staff."""

from collections.abc import Callable

from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.files.testing import photo, upload
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING


def at(stage: Stage) -> Callable[[Scene], Values]:
    """A case of the resident at this stage; the police station has it from dispatch on."""
    return lambda scene: {"number": make_case(scene.town, stage=stage, account_id=scene.resident.pk).number}


def assisting(scene: Scene) -> Values:
    """A case on which urban management was asked for assistance."""
    case = make_case(scene.town, stage=Stage.HANDLING, account_id=scene.resident.pk)
    usecases.ask_assistance(
        number=case.number, station_id=scene.town.urban.pk, task="请协助", by=scene.town.wang, now=MORNING.replace(hour=3)
    )
    return {"number": case.number}


def answered(scene: Scene) -> Values:
    """A case whose reporter has been answered."""
    case = make_case(scene.town, stage=Stage.CLOSING, account_id=scene.resident.pk)
    usecases.answer_case(
        number=case.number, text="您好，已处理完毕。", publish=False, by=scene.town.lin, now=MORNING.replace(hour=3)
    )
    return {"number": case.number}


def note(_scene: Scene) -> Values:
    """Words, where a move asks for them."""
    return {"note": "情况属实"}


def note_and_photo(_scene: Scene) -> Values:
    """Words and a photo, where a move takes one: nobody else leaves files with the case."""
    return {"note": "情况属实", "photos": [upload(photo())]}


ADMINISTRATORS = (Kind.SYSTEM_ADMIN, Kind.SECURITY_ADMIN, Kind.AUDIT_ADMIN)
SEES_LISTS = only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
MAKES_IT = only(Kind.STAFF, outcome=302)
# verb, stage or maker, who may, what is posted
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, Callable[[Scene], Values]], ...] = (
    ("register", at(Stage.INTAKE), "shen", note),
    ("dispatch", at(Stage.REGISTERED), "lin", lambda scene: {"to": scene.town.police.pk}),
    ("accept", at(Stage.DISPATCHED), "wang", lambda _scene: {}),
    ("send_back", at(Stage.HANDLING), "wang", note),
    ("assist", at(Stage.HANDLING), "wang", lambda scene: {"station": scene.town.urban.pk, "note": "请协助"}),
    ("answer_assist", assisting, "zhou", lambda _scene: {"done": "yes", "note": "已协助"}),
    ("handle", at(Stage.HANDLING), "wang", note_and_photo),
    ("verify", at(Stage.VERIFICATION), "sun", note_and_photo),
    ("rework", at(Stage.VERIFICATION), "sun", note_and_photo),
    ("answer", at(Stage.CLOSING), "lin", lambda _scene: {"text": "您好，已处理完毕。"}),
    ("close", answered, "shen", note),
    ("reopen", at(Stage.CLOSED), "chen", note),
    ("void", at(Stage.REGISTERED), "chen", note),
)

ROWS = [
    Row("cases:desk-queue", SEES_LISTS),
    Row("cases:desk-next", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, outcome=302)),
    Row(
        "cases:desk-export",
        only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK, outcome=302),
        method="POST",
        data=lambda _scene: {"query": "stage=all"},
    ),
    Row("cases:desk-intake", only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION)),
    Row(
        "cases:desk-suggest",
        only(Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, outcome=204),  # nothing was trained
        method="POST",
        data=lambda _scene: {"text": "路灯坏了没人修"},
    ),
    Row(
        "cases:desk-intake",
        {**only(Kind.STAFF, Kind.FOREIGN_STATION, outcome=302), Kind.NEIGHBOUR: 422},  # told in words that it is another street's
        method="POST",
        data=lambda scene: {
            "building": scene.town.building.pk,
            "channel": "staff",
            "cls": "L01",
            "text": "巡查发现楼道灯不亮",
        },
    ),
    Row("cases:desk-detail", only(Kind.STAFF, Kind.FOREIGN_STATION, Kind.CLERK), kwargs=at(Stage.REGISTERED)),
    Row("cases:desk-contact", only(Kind.STAFF), kwargs=at(Stage.REGISTERED)),
    Row(
        "cases:desk-contact",
        only(Kind.STAFF),
        method="POST",
        kwargs=at(Stage.REGISTERED),
        data=lambda _scene: {"reason": "联系反映人"},
    ),
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=data)
        for verb, maker, staff, data in MOVES
    ),
    Row("pages:workbench", {**SEES_LISTS, **dict.fromkeys(ADMINISTRATORS, 302)}),  # led to where they work
]
