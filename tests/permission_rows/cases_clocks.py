"""Moves about time and from above: asked for by the station that leads, decided by the office; urged, appealed and judged level by level."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.testing import make_case, make_late_case
from shequtong.cases.workflow import Stage
from shequtong.messaging.models import Message
from shequtong.testing.permission_table import Kind, Row, Scene, Values, anyone, only

Maker = Callable[[Scene], Values]


def _now() -> datetime:
    return datetime.now(UTC)


def lately(scene: Scene, stage: Stage = Stage.HANDLING) -> Case:
    """A case of the resident that came in an hour ago: not late yet."""
    return make_case(scene.town, stage=stage, now=_now() - timedelta(hours=1), account_id=scene.resident.pk)


def in_hand(scene: Scene) -> Values:
    """In the hands of the police station."""
    return {"number": lately(scene).number}


def asked_for(scene: Scene) -> Values:
    """The station asks for an extension."""
    case = lately(scene)
    usecases.extend_case(number=case.number, reason="配件在途", by=scene.town.wang, now=_now())
    return {"number": case.number}


def questioned(scene: Scene) -> Values:
    """The reporter is asked; the clock stands still."""
    case = lately(scene)
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=scene.town.wang, now=_now())
    return {"number": case.number}


def linked(scene: Scene) -> Values:
    """The link that the reporter was sent."""
    questioned(scene)
    told = Message.objects.filter(template="case.ReporterAsked", channel="sms").get().text.reveal()
    return {"token": told.rstrip("/").rpartition("/")[2]}


def urged(scene: Scene) -> Values:
    """The office urges."""
    case = lately(scene)
    usecases.urge_case(number=case.number, requirement="请今日办结", by=scene.town.chen, now=_now())
    return {"number": case.number}


def late(scene: Scene) -> Values:
    """Closed, and handled late."""
    return {"number": make_late_case(scene.town, account_id=scene.resident.pk).number}


def appealed(scene: Scene) -> Values:
    """The station appeals."""
    found = late(scene)
    usecases.appeal_case(number=found["number"], reason="等待供电部门停电许可", by=scene.town.wang, now=_now())
    return found


def judged(scene: Scene) -> Values:
    """The office granted it."""
    found = appealed(scene)
    usecases.judge_appeal(number=found["number"], grant=True, words="情况属实", by=scene.town.chen, now=_now())
    return found


def note(_scene: Scene) -> Values:
    """Words."""
    return {"note": "情况属实，请予办理。"}


def judgement(scene: Scene) -> Values:
    """Granted, with words."""
    return {**note(scene), "grant": "yes"}


def until(scene: Scene) -> Values:
    """Ten days of suspension, with words."""
    return {**note(scene), "until": (_now() + timedelta(days=10)).date().isoformat()}


# verb, what it is made on, who may, what is posted
MOVES: tuple[tuple[str, Maker, str, Maker], ...] = (
    ("extend", in_hand, "wang", note),
    ("suspend", in_hand, "wang", until),
    ("grant", asked_for, "lin", note),
    ("refuse", asked_for, "chen", note),
    ("resume", questioned, "lin", note),
    ("ask_reporter", in_hand, "wang", note),
    ("urge", in_hand, "chen", note),
    ("reply_urge", urged, "wang", note),
    ("appeal", late, "wang", note),
    ("judge_appeal", appealed, "chen", judgement),
    ("judge_appeal_finally", judged, "supervisor", judgement),
)
REPORTER, REPORTER_DONE = {Kind.RESIDENT: 200}, {Kind.RESIDENT: 302}
ROWS = [
    *(Row(f"cases:desk-{verb}", only(Kind.STAFF), staff=staff, kwargs=maker) for verb, maker, staff, _data in MOVES),
    *(
        Row(f"cases:desk-{verb}", only(Kind.STAFF, outcome=302), method="POST", staff=staff, kwargs=maker, data=data)
        for verb, maker, staff, data in MOVES
    ),
    # Whoever holds the link may answer; it is sent to the reporter alone.
    Row("cases:question", anyone(200), kwargs=linked),
    Row("cases:question", anyone(302), method="POST", kwargs=linked, data=note),
    Row("cases:question", anyone(404), kwargs=lambda _scene: {"token": "2-AAAAAAAAAAAAAAAAAAAAAAAA"}, label="no such link"),
    Row("cases:answer-question", REPORTER, kwargs=questioned),
    Row("cases:answer-question", REPORTER_DONE, method="POST", kwargs=questioned, data=note),
]
