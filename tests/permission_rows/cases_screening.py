"""Held reports and blocked senders: who screens decides what is held, a head of office whom to block, each in their own street."""

from datetime import timedelta

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.permission_table import Kind, Row, Scene, Values, only


def reported(scene: Scene) -> Values:
    """A report with a telephone."""
    return {"number": make_case(scene.town).number}


def blocked(scene: Scene) -> Values:
    """Its sender is blocked."""
    now = timezone.now()
    until = (now + timedelta(days=7)).date()
    number = reported(scene)["number"]
    (row,) = usecases.block_sender(
        number=number, kinds=["phone"], until=until, reason="连续上报辱骂内容", refuse=False, by=scene.town.chen, now=now
    )
    return {"block_id": row.pk}


def held(scene: Scene) -> Values:
    """The one that is ticked."""
    return {"case": make_case(scene.town, stage=Stage.HELD, text="都是王八蛋，灯坏了不修。").number, "verdict": "admit"}


def decided(_scene: Scene) -> Values:
    """Reason and end."""
    until = (timezone.now() + timedelta(days=7)).date().isoformat()
    return {"kinds": "phone", "until": until, "reason": "连续上报辱骂内容"}


ROWS = [
    Row("cases:desk-screening", only(Kind.STAFF, Kind.NEIGHBOUR), staff="shen"),
    Row("cases:desk-screening", only(Kind.STAFF, outcome=302), method="POST", staff="shen", data=held),
    Row("cases:desk-blocked", only(Kind.STAFF, Kind.NEIGHBOUR), staff="chen"),
    Row("cases:desk-block", only(Kind.STAFF), staff="chen", kwargs=reported),
    Row("cases:desk-block", only(Kind.STAFF, outcome=302), method="POST", staff="chen", kwargs=reported, data=decided),
    Row("cases:desk-blocked-lift", only(Kind.STAFF), staff="chen", kwargs=blocked),
    Row(
        "cases:desk-blocked-lift",
        only(Kind.STAFF, outcome=302),
        method="POST",
        staff="chen",
        kwargs=blocked,
        data=lambda _scene: {"why": "异议成立"},
    ),
]
