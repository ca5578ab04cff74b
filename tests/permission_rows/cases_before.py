"""Moves before a case is registered: who screens, confirms, and says no."""

from collections.abc import Callable

from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def held(scene: Scene) -> Values:
    """A report that is held."""
    return {"number": make_case(scene.town, stage=Stage.HELD, account_id=scene.resident.pk, held=("anonymous",)).number}


def unconfirmed(scene: Scene) -> Values:
    """A report of something that is to be looked at first."""
    return {"number": make_case(scene.town, stage=Stage.CONFIRMATION, account_id=scene.resident.pk, cls="0101").number}


def early(scene: Scene) -> Values:
    """A report that waits to be registered."""
    return {"number": make_case(scene.town, account_id=scene.resident.pk).number}


MAKES_IT = only(Kind.STAFF, outcome=302)
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, dict[str, str]], ...] = (
    ("admit", held, "shen", {"note": "内容无不当"}),
    ("confirm", unconfirmed, "sun", {"finding": "exists", "note": "情况属实"}),
    ("not_accept", early, "shen", {"why": "not_ours", "note": "该事项请向区住建局反映。"}),
)

ROWS = [
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=lambda _scene, data=data: data)
        for verb, maker, staff, data in MOVES
    ),
]
