"""Moves before a case is registered: who screens, confirms, and says no."""

from collections.abc import Callable

from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewCase
from shequtong.cases.workflow import Stage
from shequtong.files.testing import photo, upload
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only
from shequtong.testing.town import MORNING


def held(scene: Scene) -> Values:
    """A report that is held."""
    return {"number": make_case(scene.town, stage=Stage.HELD, account_id=scene.resident.pk, held=("anonymous",)).number}


def unconfirmed(scene: Scene) -> Values:
    """A report of something that is to be looked at first."""
    return {"number": make_case(scene.town, stage=Stage.CONFIRMATION, account_id=scene.resident.pk, cls="0101").number}


def early(scene: Scene) -> Values:
    """A report that waits to be registered."""
    return {"number": make_case(scene.town, account_id=scene.resident.pk).number}


def settled(scene: Scene) -> Values:
    """Something the grid worker found and settled on the spot."""
    town = scene.town
    new = NewCase("0101", "人行道井盖移位", "staff", building_id=town.building.pk, settled="已复位", after=())
    return {"number": usecases.open_case(new=new, by=town.he, now=MORNING).number}


def posted(data: Values) -> Callable[[Scene], Values]:
    """What a form says, whatever the scene."""
    return lambda _scene: data


MAKES_IT = only(Kind.STAFF, outcome=302)
MOVES: tuple[tuple[str, Callable[[Scene], Values], str, Values], ...] = (
    ("admit", held, "shen", {"note": "内容无不当"}),
    ("confirm", unconfirmed, "sun", {"finding": "exists", "note": "情况属实"}),
    ("review", settled, "shen", {"valid": "yes", "note": "照片清楚"}),
    ("not_accept", early, "shen", {"why": "not_ours", "note": "该事项请向区住建局反映。"}),
)

ROWS = [
    Row("cases:desk-self-handle", only(Kind.STAFF, Kind.NEIGHBOUR), staff="he"),
    Row(
        "cases:desk-self-handle",
        {**only(Kind.STAFF, outcome=302), Kind.NEIGHBOUR: 422},  # told in words that it is not in their hands
        method="POST",
        staff="he",
        data=lambda scene: {
            "building": scene.town.building.pk,
            "cls": "0101",
            "text": "人行道井盖移位",
            "done": "已复位并盖好",
            "after": upload(photo("after")),
        },
    ),
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", MAKES_IT, method="POST", staff=staff, kwargs=maker, data=posted(data))
        for verb, maker, staff, data in MOVES
    ),
]
