"""Moves between stations: who assigns, helps, hands over, takes over, and decides."""

from collections.abc import Callable

from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING
from tests.permission_rows.cases_desk import assisting, at

AT_NOON = MORNING.replace(hour=3)


def offered(scene: Scene) -> Values:
    """A case that the police offer to urban management."""
    case = make_case(scene.town, stage=Stage.HANDLING, account_id=scene.resident.pk)
    usecases.hand_over_case(number=case.number, to=scene.town.urban.pk, reason="属城管职责", by=scene.town.wang, now=AT_NOON)
    return {"number": case.number}


def sent_back_twice(scene: Scene) -> Values:
    """A case that two stations sent back."""
    case = make_case(scene.town, stage=Stage.DISPATCHED, account_id=scene.resident.pk)
    usecases.send_back_case(number=case.number, reason="不属本单位职责", by=scene.town.wang, now=AT_NOON)
    usecases.dispatch_case(number=case.number, to=scene.town.urban.pk, by=scene.town.lin, now=AT_NOON)
    usecases.send_back_case(number=case.number, reason="不属本单位职责", by=scene.town.zhou, now=AT_NOON)
    return {"number": case.number}


WORDS = {"note": "请核对责任清单。"}
MAKES_IT = only(Kind.STAFF, outcome=302)
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, Callable[[Scene], Values]], ...] = (
    ("assign", at(Stage.HANDLING), "wang", lambda scene: {"person": scene.town.accounts["wang"].pk}),
    ("take_assist", assisting, "zhou", lambda _scene: {}),
    ("hand_over", at(Stage.HANDLING), "wang", lambda scene: {"station": scene.town.urban.pk, **WORDS}),
    ("take_over", offered, "zhou", lambda _scene: {}),
    ("refuse_over", offered, "zhou", lambda _scene: WORDS),
    ("call_off", offered, "wang", lambda _scene: {"what": "offer", **WORDS}),
    ("decide", sent_back_twice, "chen", lambda scene: {"station": scene.town.police.pk, **WORDS}),
)

ROWS = [
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=data)
        for verb, maker, staff, data in MOVES
    ),
]
