"""The moves beside the main line, counted (计数的旁支): before 立案, about time, from above, of answers and reporters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.models import Appeal, Case
from shequtong.cases.testing import make_case
from shequtong.cases.usecases import NewCase
from shequtong.cases.usecases.turns import standing
from shequtong.cases.workflow import Stage
from tests.counted.boards import BOARDS
from tests.counted.maps import MAPS, WORDS
from tests.counted.pages import ALL as OTHERS
from tests.counted.pages import Counted, Request, Scene, move, submit_key

_NOTE = "已到现场查看，情况属实。"
_NOW = timezone.now


def _extend(scene: Scene, case: Case) -> None:
    usecases.extend_case(number=case.number, reason="配件在途", by=scene.town.wang, now=_NOW())


def _suspend(scene: Scene, case: Case) -> None:
    until = _NOW() + timedelta(days=9)
    usecases.suspend_case(number=case.number, until=until, reason="等待配件", by=scene.town.wang, now=_NOW())


def _ask(scene: Scene, case: Case) -> None:
    usecases.ask_reporter(number=case.number, text="请问是几单元？", by=scene.town.wang, now=_NOW())


def _urge(scene: Scene, case: Case) -> None:
    usecases.urge_case(number=case.number, requirement="请今日办结", by=scene.town.chen, now=_NOW())


def _assist(scene: Scene, case: Case) -> None:
    usecases.ask_assistance(number=case.number, station_id=scene.town.urban.pk, task="请协助", by=scene.town.wang, now=_NOW())


def _offer(scene: Scene, case: Case) -> None:
    usecases.hand_over_case(number=case.number, to=scene.town.urban.pk, reason="属城管", by=scene.town.wang, now=_NOW())


def _late(_scene: Scene, case: Case) -> None:
    Case.objects.filter(pk=case.pk, subdistrict=case.subdistrict_id).update(handled_late=True)
    case.refresh_from_db()
    assert standing(case).handled_late


def _appeal(scene: Scene, case: Case) -> None:
    _late(scene, case)
    usecases.appeal_case(number=case.number, reason="等待停电许可", by=scene.town.wang, now=_NOW())


def _judge(scene: Scene, case: Case) -> None:
    _appeal(scene, case)
    usecases.judge_appeal(number=case.number, grant=True, words="情况属实", by=scene.town.chen, now=_NOW())
    assert Appeal.objects.filter(case=case, state=Appeal.State.SECOND).exists()


def _made(verb: str, who: str, make: Callable[[Scene], Case], **typed: Any) -> Counted:
    """A move on a case of its own."""

    def prepare(scene: Scene, _case: Case, photos: int = 0) -> Request:
        made = make(scene)
        inner = move(verb, who, Stage(made.stage), **typed)
        return inner.prepare(scene, made)

    return Counted(f"{verb} by {who}", 12, prepare, 302, Stage.INTAKE)


def _early(stage: Stage, **more: Any) -> Callable[[Scene], Case]:
    return lambda scene: make_case(scene.town, stage=stage, now=_NOW() - timedelta(hours=1), **more)


def _settled(scene: Scene) -> Case:
    new = NewCase("0101", "人行道井盖移位", "staff", building_id=scene.town.building.pk, settled="已复位")
    return usecases.open_case(new=new, by=scene.town.he, now=_NOW())


def _merged(scene: Scene) -> Case:
    one, other = (scene.case(Stage.INTAKE, "qian") for _n in range(2))
    usecases.merge_case(number=one.number, into=other.number, reason="同一事项", by=scene.town.chen, now=_NOW())
    one.refresh_from_db()
    return one


def _merge(scene: Scene, case: Case, photos: int = 0) -> Request:
    other, client, address = scene.case(Stage.HANDLING), scene.browser("chen"), f"/desk/cases/{case.number}/merge/"
    data = {"into": other.number, "note": _NOTE, "submit_key": submit_key(client.get(address))}
    return lambda: client.post(address, data)


SIDE_MOVES = (
    _made("admit", "shen", _early(Stage.HELD, held=("anonymous",)), note=_NOTE),
    _made("confirm", "sun", _early(Stage.CONFIRMATION, cls="0101"), finding="exists", note=_NOTE),
    _made("review", "shen", _settled, valid="yes", note=_NOTE),
    move("not_accept", "shen", Stage.INTAKE, why="not_ours", note=_NOTE),
    move("extend", "wang", Stage.HANDLING, note=_NOTE),
    move("suspend", "wang", Stage.HANDLING, until=lambda _scene: str((_NOW() + timedelta(days=9)).date()), note=_NOTE),
    move("grant", "lin", Stage.HANDLING, _extend, note=_NOTE),
    # Told by somebody signed in, as `take_over` is; a typed number costs the count of its texts, one statement more.
    replace(move("grant suspension", "lin", Stage.HANDLING, _suspend, note=_NOTE), teller="qian"),
    move("refuse", "lin", Stage.HANDLING, _extend, note=_NOTE),
    move("ask_reporter", "wang", Stage.HANDLING, note=_NOTE),
    move("answer_question", "qian", Stage.HANDLING, _ask, note=_NOTE),
    move("resume", "lin", Stage.HANDLING, _ask, note=_NOTE),
    move("urge", "chen", Stage.HANDLING, note=_NOTE),
    move("reply_urge", "wang", Stage.HANDLING, _urge, note=_NOTE),
    move("call_off help", "wang", Stage.HANDLING, _assist, what=lambda scene: f"task-{scene.town.urban.pk}", note=_NOTE),
    move("call_off an offer", "wang", Stage.HANDLING, _offer, what="offer", note=_NOTE),
    move("call_off a request", "wang", Stage.HANDLING, _extend, what="time", note=_NOTE),
    move("appeal", "wang", Stage.CLOSED, _late, note=_NOTE),
    move("judge_appeal", "chen", Stage.CLOSED, _appeal, grant="yes", note=_NOTE),
    move("judge_appeal_finally", "supervisor", Stage.CLOSED, _judge, grant="yes", note=_NOTE),
    move("call_back", "chen", Stage.CLOSED, reached="yes", solved="yes", score="5", words=_NOTE),
    Counted("merge by chen", 12, _merge, 302, Stage.INTAKE, "qian"),
    _made("unmerge", "chen", _merged, note=_NOTE),
)
ALL = (*OTHERS, *BOARDS, *MAPS, *WORDS, *SIDE_MOVES)
