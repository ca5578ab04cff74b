"""Cases for tests: opened and moved by the use-cases, never by writing rows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from shequtong.access.testing import make_anonymous
from shequtong.cases import usecases
from shequtong.cases.models import Case, RootProject
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.workflow import Stage
from shequtong.testing.town import MORNING, Town

_STEP = timedelta(minutes=5)


def make_case(
    town: Town,
    *,
    stage: Stage = Stage.INTAKE,
    cls: str = "L01",
    now: datetime = MORNING,
    account_id: int | None = None,
    **more: Any,
) -> Case:
    """A resident's case at the town's building, moved on to `stage` by the cast, five minutes a move."""
    reporter = NewReporter(name="赵小燕", phone="13812345678", account_id=account_id, consent="page", notice_version="t")
    told = {
        "class_code": cls,
        "text": "楼道灯坏了三天，晚上老人上下楼不安全。",
        "channel": "resident",
        "building_id": town.building.pk,
        "reporter": reporter,
    }
    by = town.shen if more.get("channel") == "phone" else _teller(town, account_id)
    case = open_case(new=NewCase(**{**told, **more}), by=by, now=now)
    if case.stage == Stage.CONFIRMATION != stage:
        now += _STEP
        usecases.confirm_case(number=case.number, finding="exists", words="情况属实。", by=town.sun, now=now)
        case.refresh_from_db()
    for wanted, move in _PATH:
        if case.stage == stage:
            break
        now += _STEP
        move(town, case.number, now)
        case.refresh_from_db()
        assert case.stage == wanted
    return case


def make_late_case(town: Town, *, closed: bool = True, **more: Any) -> Case:
    """A case that the police station reported as handled a month after it came in: late for good; closed unless told otherwise."""
    case = make_case(town, stage=Stage.HANDLING, **more)
    now = case.stage_since + timedelta(days=30)
    _handle(town, case.number, now)
    if closed:
        _verify(town, case.number, now + _STEP)
        _close(town, case.number, now + 2 * _STEP)
    case.refresh_from_db()
    return case


def make_root(town: Town, *, now: datetime | None = None, place: str = "", **more: Any) -> RootProject:
    """A root-cause project at the town's building, which Chen opened and the police lead."""
    at = now or timezone.now()
    told = {
        "class_code": "L01",
        "title": "楼道照明反复损坏",
        "plan": "更换线路，加装声控开关。",
        "lead": town.police.pk,
        "person": "王强",
    }
    return usecases.open_root_project(
        subdistrict_id=town.building.subdistrict_id,
        place=place or f"0{town.building.pk}",
        **{**told, "target_day": (at + timedelta(days=30)).date(), "by": town.chen, "now": at, **more},
    )


def _teller(town: Town, account_id: int | None) -> Any:
    return next((town.actor(name) for name, account in town.accounts.items() if account.pk == account_id), make_anonymous())


def _register(town: Town, number: str, now: datetime) -> None:
    usecases.register_case(number=number, by=town.shen, now=now)


def _dispatch(town: Town, number: str, now: datetime) -> None:
    usecases.dispatch_case(number=number, to=town.police.pk, by=town.lin, now=now)


def _accept(town: Town, number: str, now: datetime) -> None:
    usecases.accept_case(number=number, by=town.wang, now=now)


def _handle(town: Town, number: str, now: datetime) -> None:
    usecases.handle_case(number=number, result="已更换灯具", by=town.wang, now=now)


def _verify(town: Town, number: str, now: datetime) -> None:
    usecases.verify_case(number=number, by=town.sun, now=now)


def _close(town: Town, number: str, now: datetime) -> None:
    usecases.answer_case(number=number, text="您好，楼道灯已于今日修复。", publish=True, by=town.lin, now=now)
    usecases.close_case(number=number, by=town.shen, now=now + timedelta(minutes=1))


_PATH: tuple[tuple[Stage, Callable[[Town, str, datetime], None]], ...] = (
    (Stage.REGISTERED, _register),
    (Stage.DISPATCHED, _dispatch),
    (Stage.HANDLING, _accept),
    (Stage.VERIFICATION, _handle),
    (Stage.CLOSING, _verify),
    (Stage.CLOSED, _close),
)
