"""What must come with each move of the typed API (流转报文): one body a kind of move. Fields are only ever added."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field
from pydantic import BeforeValidator, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from shequtong.interchange.views.api.schemas import NUMBER, PLAIN, Code, Finding, Id, Photos, Reason, Short, Strict, WhyNot, Words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_out(value: Any) -> Any:
    """Only as the document has it: pydantic would take 86400 for the second of January 1970."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    raise PydanticCustomError("date", "not a day")


Day = Annotated[date, BeforeValidator(_written_out)]
Solved = Annotated[StrictBool | None, Field(description="Null: not said.")]


class Plain(Strict):
    """Nothing has to come with it: an empty object."""


class Note(Strict):
    """Words that may be left out; staff read them."""

    note: Words = ""


class Why(Strict):
    """Words that must come with it."""

    note: Reason


class Seen(Note):
    """Words that may be left out, and photos of what was seen."""

    photos: Photos


class WhyAndPhotos(Why):
    """Words that must come with it, and photos: of handling those taken after it, which a standard may demand."""

    photos: Photos


class Confirm(WhyAndPhotos):
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


class ToStation(Why):
    """To which station, and why: of a sub-task what it shall do, of a hand-over or a decision the reason."""

    station: Id


class Suspend(Why):
    """Until the end of which day of the place the clock shall stand still; it must be granted."""

    until: Day


class AnswerAssist(Why):
    """The own station's sub-task is done, or declined; `note` says what was done or why not."""

    done: StrictBool


class CallOff(Why):
    """What is called off: a request for time, an offered hand-over, a sub-task (of `station`), a question to the reporter."""

    what: Literal["time", "offer", "task", "question"]
    station: Id | None = Field(None, description="Whose sub-task, where `what` is task.")


class Assign(Note):
    """Who of the station has it: an id of `stations/{station_id}/people`."""

    person: Id


class Correct(Why):
    """What was taken down wrongly; what is left out or null stays. A place is a point or a building."""

    class_code: Code | None = None
    lon: float | None = Field(None, ge=-180, le=180, description="WGS 84, as CGCS2000.")
    lat: float | None = Field(None, ge=-90, le=90)
    building: Id | None = None
    address: Short = Field("", description="In words, beside a point.")


class Merge(Why):
    """The open case of the same subdistrict in which this one goes on."""

    into: Annotated[str, StringConstraints(pattern=NUMBER)]


class CallBack(Strict):
    """What the reporter said when called. After closing, `solved` with `score` is the evaluation; `reopen` what is not solved."""

    reached: StrictBool
    solved: Solved = None
    score: int | None = Field(None, ge=1, le=5, description="1 very dissatisfied … 5 very satisfied.")
    note: Words = ""
    reopen: StrictBool = False


class Urge(Why):
    """What is asked for, and until the end of which day a reply is awaited."""

    reply_by: Day | None = None


class Judge(Why):
    """Whether the appeal is granted, and why."""

    grant: StrictBool


class Review(Note):
    """Whether what was settled on the spot counts; if not, `note` says why."""

    valid: StrictBool
