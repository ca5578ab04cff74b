"""The moves another system may make (流转动作): each verb with its body and its use-case; nothing is written past them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from shequtong.cases import usecases
from shequtong.core.actors import Actor
from shequtong.interchange.views.api.schemas import PLAIN, Finding, Id, Reason, Strict, WhyNot, Words


class Plain(Strict):
    """Nothing has to come with it: an empty object."""


class Note(Strict):
    """Words that may be left out; staff read them."""

    note: Words = ""


class Why(Strict):
    """Words that must come with it."""

    note: Reason


class Confirm(Why):
    """What was found on the spot."""

    finding: Finding


class NotAccept(Why):
    """Why it is none for the office; the reporter reads `note`."""

    why: WhyNot


class Register(Note):
    """Which row of the class's standard is met, where it has several."""

    row: int | None = Field(None, ge=1, le=999)


class Dispatch(Note):
    """Which station must act, and which assist it with what."""

    station: Id
    assisting: list[Id] = Field(default_factory=list, max_length=10)
    task: Words = ""


class Answer(Strict):
    """What the reporter is answered; `publish` shows it on the public page too."""

    text: Annotated[str, StringConstraints(min_length=5, max_length=2000, pattern=PLAIN)]
    publish: bool = False


@dataclass(frozen=True)
class Verb:
    """A move: what comes with it, and how its use-case is called."""

    body: type[Strict]
    call: Callable[..., object]
    given: tuple[tuple[str, str], ...] = ()  # argument of the use-case, field of the body

    def make(self, number: str, body: Any, by: Actor, now: datetime) -> None:
        """Through the use-case. Raises what it raises."""
        told = {argument: getattr(body, name) for argument, name in self.given}
        self.call(number=number, by=by, now=now, **told)


def _dispatch(*, number: str, station: str, assisting: list[str], task: str, note: str, by: Actor, now: datetime) -> object:
    return usecases.dispatch_case(
        number=number, to=int(station), assisting=[int(one) for one in assisting], task=task, note=note, by=by, now=now
    )


_NOTE, _REASON = (("note", "note"),), (("reason", "note"),)
VERBS: dict[str, Verb] = {
    "admit": Verb(Note, usecases.admit_case, _NOTE),
    "confirm": Verb(Confirm, usecases.confirm_case, (("finding", "finding"), ("words", "note"))),
    "register": Verb(Register, usecases.register_case, (("note", "note"), ("row", "row"))),
    "not_accept": Verb(NotAccept, usecases.not_accept_case, (("why", "why"), ("words", "note"))),
    "dispatch": Verb(
        Dispatch, _dispatch, (("station", "station"), ("assisting", "assisting"), ("task", "task"), ("note", "note"))
    ),
    "accept": Verb(Plain, usecases.accept_case),
    "send_back": Verb(Why, usecases.send_back_case, _REASON),
    "handle": Verb(Why, usecases.handle_case, (("result", "note"),)),
    "verify": Verb(Note, usecases.verify_case, _NOTE),
    "rework": Verb(Why, usecases.rework_case, _REASON),
    "answer": Verb(Answer, usecases.answer_case, (("text", "text"), ("publish", "publish"))),
    "close": Verb(Note, usecases.close_case, _NOTE),
    "reopen": Verb(Why, usecases.reopen_case, _REASON),
    "void": Verb(Why, usecases.void_case, _REASON),
}
