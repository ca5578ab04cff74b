"""The program's side of an act (模拟驱动): each move by its use-case, with the model's names turned into ids."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction

from shequtong.cases import usecases
from shequtong.cases.models import Case
from shequtong.cases.usecases import NewCase, NewReporter
from shequtong.cases.usecases.correct_case import Correction
from shequtong.cases.usecases.wake_cases import wake_cases
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.files.models import Blob
from shequtong.testing.town import NOON, STREET
from tests.simulator.case import Act
from tests.simulator.clock import NEVER
from tests.simulator.stage import CLOCK, POINTS, Scene

WORDS = "请看这里的情况，谢谢。"
_SERIAL = itertools.count(1)
Call = Callable[[Scene, dict[str, Any], dict[str, Any]], object]


def play(scene: Scene, act: Act) -> str:
    """Play an act by the use-cases; "" when it was made, else "forbidden" or "refused"."""
    if act.move == "wake":
        # The light question first: most of the time nothing is due, and `wake_at` is compared after every act.
        waits = Case.objects.filter(subdistrict=STREET, wake_at__lte=act.at).order_by().values("pk")
        while waits[:1] and wake_cases(subdistrict_id=STREET, by=CLOCK, now=act.at):
            pass
        return ""
    common: dict[str, Any] = {"by": scene.actor(act.who), "now": act.at}
    if act.move not in ("intake", "self_handle"):
        common["number"] = scene.cases[act.case][1]
    try:
        with transaction.atomic():
            made = CALLS[act.move](scene, common, act.args)
    except Forbidden:
        return "forbidden"
    except Refusal:
        return "refused"
    if act.move in ("intake", "self_handle"):
        scene.cases.append((made.pk, made.number))  # type: ignore[attr-defined]  # both give the case
    return ""


def _photo(claim: str) -> tuple[int, ...]:
    """A photo uploaded for a form: its row is what a move asks for."""
    serial = next(_SERIAL)
    return (
        Blob.objects.create(
            subdistrict_id=STREET,
            key=f"{STREET}/sim/{serial}",
            state=Blob.State.STORED,
            mime="image/jpeg",
            sha256=f"{serial:064}",
            original_mime="image/jpeg",
            original_size=1,
            received_at=NOON,
            claim=claim,
        ).pk,
    )


def _new_case(scene: Scene, args: dict[str, Any]) -> NewCase:
    place = args["place"]
    where: dict[str, Any] = {"building_id": scene.town.building.pk} if place == "building" else {"point": POINTS[place]}
    reporter = None
    if args.get("account") or args.get("phone"):
        reporter = _reporter(scene, args)
    cap = args.get("cap", NEVER)
    return NewCase(
        class_code=args["cls"],
        text=WORDS,
        channel=args["channel"],
        reporter=reporter,
        is_history=args.get("history", False),
        held=("anonymous",) if args.get("held") else (),
        cap_at=None if cap == NEVER else cap,
        **where,
    )


def _reporter(scene: Scene, args: dict[str, Any]) -> NewReporter:
    phone = args.get("phone", "")
    return NewReporter(phone=phone, account_id=scene.account(args.get("account", "")), consent="page" if phone else "")


def _intake(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    return usecases.open_case(new=_new_case(scene, args), **common)


def _self_handle(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    claim = f"claim-{next(_SERIAL)}"
    new = replace(_new_case(scene, args), photos=_photo(claim), claim=claim)
    return usecases.self_handle(new=new, done="已清理", after=_photo(claim), **common)


def _handle(_scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    claim = f"claim-{next(_SERIAL)}" if args["photo"] else ""
    photos = _photo(claim) if claim else ()
    return usecases.handle_case(result=WORDS, photos=photos, claim=claim, **common)


def _register(_scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    return usecases.register_case(row=args["row"], note=args["note"], **common)


def _dispatch(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    helpers = [scene.stations[each] for each in args["assisting"]]
    return usecases.dispatch_case(to=scene.stations[args["to"]], assisting=helpers, task=args["task"], **common)


def _call_off(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    what, station = args["what"], scene.stations.get(args["what"])
    return usecases.call_off(what="task" if station else what, station_id=station, reason=WORDS, **common)


def _assign(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    account = scene.account(args["person"])
    assert account is not None
    return usecases.assign_case(account_id=account, **common)


def _correct(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
    put_right: dict[str, Any] = {}
    if args.get("cls"):
        put_right["class_code"] = args["cls"]
    if args.get("phone"):
        put_right["phone"] = args["phone"]
    if place := args.get("place"):
        put_right |= {"building_id": scene.town.building.pk} if place == "building" else {"point": POINTS[place]}
    return usecases.correct_case(correction=Correction(**put_right), **common)


def _simple(name: str, words: str = "", whose: str = "", **renamed: str) -> Call:
    """A use-case called with words under `words`, a station's id under `whose`, and the model's arguments as `renamed`."""

    def call(scene: Scene, common: dict[str, Any], args: dict[str, Any]) -> object:
        given = {renamed.get(key, key): value for key, value in args.items()}
        if words:
            given[words] = WORDS
        if whose:
            given[whose] = scene.stations[given[whose]]
        return getattr(usecases, name)(**given, **common)

    return call


CALLS: dict[str, Call] = {
    "intake": _intake,
    "self_handle": _self_handle,
    "handle": _handle,
    "register": _register,
    "dispatch": _dispatch,
    "assign": _assign,
    "call_off": _call_off,
    "correct": _correct,
    "admit": _simple("admit_case"),
    "confirm": _simple("confirm_case", "words"),
    "not_accept": _simple("not_accept_case", "words"),
    "void": _simple("void_case", "reason"),
    "decide": _simple("decide_case", "reason", "to"),
    "accept": _simple("accept_case"),
    "send_back": _simple("send_back_case", "reason"),
    "hand_over": _simple("hand_over_case", "reason", "to"),
    "take_over": _simple("take_over_case"),
    "refuse_over": _simple("refuse_over_case", "reason"),
    "assist": _simple("ask_assistance", "task", "station_id", station="station_id"),
    "take_assist": _simple("take_assistance", "", "station_id", station="station_id"),
    "answer_assist": _simple("answer_assistance", "answer", "station_id", station="station_id"),
    "verify": _simple("verify_case"),
    "rework": _simple("rework_case", "reason"),
    "review": _simple("review_self_handled", "words"),
    "answer": lambda _scene, common, _args: usecases.answer_case(text=WORDS, publish=False, **common),
    "approve_answer": _simple("approve_answer"),
    "return_answer": _simple("return_answer", "reason"),
    "close": _simple("close_case"),
    "evaluate": lambda _scene, common, args: usecases.evaluate_case(solved=True, score=args["score"], **common),
    "call_back": _simple("call_back", "words"),
    "reopen": _simple("reopen_case", "reason"),
    "extend": _simple("extend_case", "reason"),
    "suspend": _simple("suspend_case", "reason"),
    "grant": _simple("grant_asking"),
    "refuse": _simple("refuse_asking", "reason"),
    "resume": _simple("resume_case"),
    "ask_reporter": _simple("ask_reporter", "text"),
    "answer_question": _simple("answer_question", "words"),
    "urge": _simple("urge_case", "requirement"),
    "reply_urge": _simple("reply_urge", "words"),
    "appeal": _simple("appeal_case", "reason"),
    "judge_appeal": _simple("judge_appeal", "words", granted="grant"),
    "judge_appeal_finally": _simple("judge_appeal_finally", "words", granted="grant"),
    "add": _simple("add_to_case", "words"),
    "withdraw": _simple("withdraw_case", "reason"),
    "merge": lambda scene, common, args: usecases.merge_case(into=scene.cases[args["into"]][1], reason=WORDS, **common),
    "unmerge": _simple("unmerge_case", "reason"),
    "join": lambda scene, common, args: usecases.join_case(reporter=_reporter(scene, args), **common),
}
