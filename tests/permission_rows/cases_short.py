"""The short ways: as each of their moves, of one's own territory or station, and only where the street's flow names them."""

from collections.abc import Callable

from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import publish_flow
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING, STREET


def at(stage: Stage) -> Callable[[Scene], Values]:
    """A case of the resident at this stage, in a street that goes every short way."""

    def maker(scene: Scene) -> Values:
        document = {"short": list(SHORT_WAYS)}
        publish_flow(subdistrict_id=STREET, document=document, note="", by=scene.town.supervisor, now=MORNING)
        return {"number": make_case(scene.town, stage=stage, account_id=scene.resident.pk).number}

    return maker


WAYS: tuple[tuple[str, Stage, str, Callable[[Scene], Values]], ...] = (
    ("register_dispatch", Stage.INTAKE, "chen", lambda scene: {"to": scene.town.police.pk}),
    ("accept_handle", Stage.DISPATCHED, "wang", lambda _scene: {"note": "已更换灯泡"}),
    ("verify_close", Stage.VERIFICATION, "chen", lambda _scene: {"note": "已查看", "text": "您好，灯已修好。"}),
)
ROWS = [
    row
    for way, stage, staff, data in WAYS
    for row in (
        Row(f"cases:desk-{way.replace('_', '-')}", only(Kind.STAFF), staff=staff, kwargs=at(stage)),
        Row(
            f"cases:desk-{way.replace('_', '-')}",
            only(Kind.STAFF, outcome=302),
            method="POST",
            staff=staff,
            kwargs=at(stage),
            data=data,
        ),
    )
]
