"""The moves another system may make (流转动作): each verb with its body and its use-case; nothing is written past them.

Not here: what only a reporter does (add, withdraw, join, evaluate, answer_question), what time does by itself (remind, escalate, take_back,
auto_close), and `intake` and `self_handle`, which open a case. A test holds the list against the table of moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from shequtong.cases import permissions, usecases
from shequtong.cases.numbers import parse_number
from shequtong.core.places import place
from shequtong.core.refusals import Forbidden
from shequtong.interchange.actor import KeyActor
from shequtong.interchange.views.api import move_bodies as bodies
from shequtong.interchange.views.api.once import claim_of
from shequtong.interchange.views.api.schemas import Strict

_LAST = time(23, 59, 59)


@dataclass(frozen=True)
class Verb:
    """A move: what comes with it, and how its use-case is called."""

    body: type[Strict]
    call: Callable[..., object]
    given: tuple[tuple[str, str], ...] = ()  # argument of the use-case, field of the body

    def make(self, number: str, body: Any, by: KeyActor, now: datetime) -> None:
        """Through the use-case. Raises what it raises."""
        told = {argument: getattr(body, name) for argument, name in self.given}
        if issubclass(self.body, (bodies.Seen, bodies.WhyAndPhotos)):
            told |= {"photos": [int(one) for one in body.photos], "claim": claim_of(by)}
        self.call(number=number, by=by, now=now, **told)


def _dispatch(*, station: str, assisting: list[str], **told: Any) -> object:
    return usecases.dispatch_case(to=int(station), assisting=[int(one) for one in assisting], **told)


def _at(usecase: Callable[..., object], argument: str) -> Callable[..., object]:
    """A use-case that takes another station's number as `argument`."""
    return lambda *, station, **told: usecase(**{argument: int(station)}, **told)


def _of_own_station(usecase: Callable[..., object]) -> Callable[..., object]:
    """The sub-task meant is that of the key's station; a key without one has none."""

    def perform(*, by: KeyActor, **told: Any) -> object:
        if by.system.station is None:
            raise Forbidden(permissions.ANSWER_ASSIST, "Case")
        return usecase(station_id=by.system.station, by=by, **told)

    return perform


def _end_of(day: date | None, number: str) -> datetime | None:
    """The last second of a day by the wall clock of the case's place."""
    parsed = parse_number(number)
    return datetime.combine(day, _LAST, place(parsed.place).zone) if day is not None and parsed is not None else None


def _suspend(*, number: str, until: date, **told: Any) -> object:
    return usecases.suspend_case(number=number, until=_end_of(until, number), **told)  # type: ignore[arg-type]  # a number that was parsed, a day that must come


def _urge(*, number: str, reply_by: date | None, **told: Any) -> object:
    return usecases.urge_case(number=number, reply_by=_end_of(reply_by, number), **told)


def _call_off(*, station: str | None, **told: Any) -> object:
    return usecases.call_off(station_id=int(station) if station else None, **told)


def _assign(*, person: str, **told: Any) -> object:
    return usecases.assign_case(account_id=int(person), **told)


def _correct(
    *, class_code: str | None, lon: float | None, lat: float | None, building: str | None, address: str, **told: Any
) -> object:
    """The telephone is corrected at the desk alone: "nothing was changed" would tell a system the number it guessed."""
    correction = usecases.Correction(
        class_code=class_code,
        building_id=int(building) if building else None,
        point=(lon, lat) if lon is not None and lat is not None and not building else None,
        address=address or None,
    )
    return usecases.correct_case(correction=correction, **told)


_NOTE, _REASON, _WORDS = (("note", "note"),), (("reason", "note"),), (("words", "note"),)
_STATION = ("station", "station")
_BEFORE: dict[str, Verb] = {
    "admit": Verb(bodies.Note, usecases.admit_case, _NOTE),
    "confirm": Verb(bodies.Confirm, usecases.confirm_case, (("finding", "finding"), *_WORDS)),
    "register": Verb(bodies.Register, usecases.register_case, (*_NOTE, ("row", "row"))),
    "not_accept": Verb(bodies.NotAccept, usecases.not_accept_case, (("why", "why"), *_WORDS)),
    "correct": Verb(
        bodies.Correct, _correct, (*((name, name) for name in ("class_code", "lon", "lat", "building", "address")), *_NOTE)
    ),
    "merge": Verb(bodies.Merge, usecases.merge_case, (("into", "into"), *_REASON)),
    "unmerge": Verb(bodies.Why, usecases.unmerge_case, _REASON),
    "void": Verb(bodies.Why, usecases.void_case, _REASON),
}
_AT_STATIONS: dict[str, Verb] = {
    "dispatch": Verb(bodies.Dispatch, _dispatch, (_STATION, ("assisting", "assisting"), ("task", "task"), *_NOTE)),
    "accept": Verb(bodies.Plain, usecases.accept_case),
    "assign": Verb(bodies.Assign, _assign, (("person", "person"), *_NOTE)),
    "send_back": Verb(bodies.Why, usecases.send_back_case, _REASON),
    "decide": Verb(bodies.ToStation, _at(usecases.decide_case, "to"), (_STATION, *_REASON)),
    "assist": Verb(bodies.ToStation, _at(usecases.ask_assistance, "station_id"), (_STATION, ("task", "note"))),
    "take_assist": Verb(bodies.Plain, _of_own_station(usecases.take_assistance)),
    "answer_assist": Verb(
        bodies.AnswerAssist, _of_own_station(usecases.answer_assistance), (("done", "done"), ("answer", "note"))
    ),
    "hand_over": Verb(bodies.ToStation, _at(usecases.hand_over_case, "to"), (_STATION, *_REASON)),
    "take_over": Verb(bodies.Plain, usecases.take_over_case),
    "refuse_over": Verb(bodies.Why, usecases.refuse_over_case, _REASON),
    "call_off": Verb(bodies.CallOff, _call_off, (("what", "what"), _STATION, *_REASON)),
    "extend": Verb(bodies.Why, usecases.extend_case, _REASON),
    "suspend": Verb(bodies.Suspend, _suspend, (("until", "until"), *_REASON)),
    "grant": Verb(bodies.Note, usecases.grant_asking, _NOTE),
    "refuse": Verb(bodies.Why, usecases.refuse_asking, _REASON),
    "resume": Verb(bodies.Note, usecases.resume_case, _NOTE),
    "ask_reporter": Verb(bodies.Why, usecases.ask_reporter, (("text", "note"),)),
    "handle": Verb(bodies.WhyAndPhotos, usecases.handle_case, (("result", "note"),)),
}
_TO_ITS_END: dict[str, Verb] = {
    "verify": Verb(bodies.Seen, usecases.verify_case, _NOTE),
    "rework": Verb(bodies.WhyAndPhotos, usecases.rework_case, _REASON),
    "review": Verb(bodies.Review, usecases.review_self_handled, (("valid", "valid"), *_WORDS)),
    "answer": Verb(bodies.Answer, usecases.answer_case, (("text", "text"), ("publish", "publish"))),
    "approve_answer": Verb(bodies.Note, usecases.approve_answer, _NOTE),
    "return_answer": Verb(bodies.Why, usecases.return_answer, _REASON),
    "close": Verb(bodies.Note, usecases.close_case, _NOTE),
    "reopen": Verb(bodies.WhyAndPhotos, usecases.reopen_case, _REASON),
    "call_back": Verb(
        bodies.CallBack,
        usecases.call_back,
        (*((name, name) for name in ("reached", "solved", "score", "reopen")), *_WORDS),
    ),
    "urge": Verb(bodies.Urge, _urge, (("requirement", "note"), ("reply_by", "reply_by"))),
    "reply_urge": Verb(bodies.Why, usecases.reply_urge, _WORDS),
    "appeal": Verb(bodies.Why, usecases.appeal_case, _REASON),
    "judge_appeal": Verb(bodies.Judge, usecases.judge_appeal, (("grant", "grant"), *_WORDS)),
    "judge_appeal_finally": Verb(bodies.Judge, usecases.judge_appeal_finally, (("grant", "grant"), *_WORDS)),
}
VERBS: dict[str, Verb] = _BEFORE | _AT_STATIONS | _TO_ITS_END
