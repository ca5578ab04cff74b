"""What the typed API takes and gives (报文格式): the OpenAPI document is made of these. Fields are only ever added."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from shequtong.cases.workflow import Stage

PLAIN = r"^[^\x00]*$"  # PostgreSQL stores no NUL
NUMBER = r"^[A-Z]{1,4}-[0-9]{4}-[0-9]{6,12}-[0-9A-Z]$"
ID = r"^[1-9][0-9]{0,17}$"
CODE = r"^[A-Za-z0-9_.-]{1,40}$"

Id = Annotated[str, StringConstraints(pattern=ID)]
Code = Annotated[str, StringConstraints(pattern=CODE)]
Photos = Annotated[list[Id], Field(default_factory=list, max_length=6, description="Ids that `photos` answered to this key.")]
Words = Annotated[str, StringConstraints(max_length=2000, pattern=PLAIN)]
Reason = Annotated[str, StringConstraints(min_length=2, max_length=2000, pattern=PLAIN)]
Short = Annotated[str, StringConstraints(max_length=160, pattern=PLAIN)]
Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[\x21-\x7e]{0,60}$"),
    Field(description="Your own mark; the same mark is the same case for ever."),
]

# Written out, for whoever writes a client; a test holds them against our own tables.
StageAsked = Literal[
    "all",
    "held",
    "confirmation",
    "intake",
    "registered",
    "decision",
    "dispatched",
    "handling",
    "verification",
    "closing",
    "closed",
    "voided",
    "not_accepted",
    "withdrawn",
    "merged",
]
LightName = Literal["green", "amber", "red"]
LightAsked = Literal["green", "amber", "red", "none"]
UnitKind = Literal["district", "subdistrict", "precinct", "community", "grid", "micro_grid"]
Finding = Literal["exists", "absent", "unclear"]
WhyNot = Literal["not_ours", "not_there", "in_law", "known", "unclear", "abuse"]


class Strict(Schema):
    """A body: a field nobody knows is refused, so that a misspelt one is never silently let go."""

    model_config = ConfigDict(extra="forbid")


class FieldError(Schema):
    """What is wrong with one field."""

    field: str = Field(description="Its name, with dots inside; `Idempotency-Key` for the header.")
    code: str
    message: str = Field(description="In the language of Accept-Language.")


class Error(Schema):
    """The one shape of every refusal."""

    status: int
    code: str = Field(description="For programs; never changes.")
    message: str = Field(description="For people, in the language of Accept-Language (zh-hans, en).")
    fields: list[FieldError]


class CaseHead(Schema):
    """A case without anybody's words: what may be read with `read`."""

    number: str
    class_code: str
    class_name: str
    stage: Stage
    stage_name: str
    stage_since: datetime
    is_open: bool
    channel: str
    confidential: bool
    unit: str | None = Field(description="Code of the smallest unit that holds it.")
    place_name: str
    station: str | None = Field(description="Id of the station that leads.")
    station_name: str
    light: LightName | None
    due_at: datetime | None
    promised_at: datetime | None
    summary: str = Field(description="The office's own public words.")
    reference: str | None = Field(description="Your own mark of a case you opened.")
    received_at: datetime
    registered_at: datetime | None
    dispatched_at: datetime | None
    accepted_at: datetime | None
    handled_at: datetime | None
    verified_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    rework_count: int
    reopen_count: int


class CasePage(Schema):
    """A page; `next` goes into `after`, null at the end."""

    items: list[CaseHead]
    next: str | None


class StepShown(Schema):
    """One step of a case, as it was made."""

    number: int
    move: str
    move_name: str
    from_stage: str | None
    to_stage: str
    at: datetime
    station: str | None
    late: bool
    note: str | None = Field(description="With the right `words`, else null.")


class Told(Schema):
    """What was told and where: with the right `words`, and never of a confidential case."""

    text: str
    address: str
    building: str | None
    lon: float | None
    lat: float | None


class CaseFull(CaseHead):
    """One case with its steps."""

    told: Told | None
    steps: list[StepShown]


class ReporterShown(Schema):
    """Who reported a case: with the right `reporter`; each look is logged."""

    name: str
    phone: str


class CaseNew(Strict):
    """A case to open. The place is a point or a building."""

    class_code: Code
    text: Annotated[str, StringConstraints(min_length=4, max_length=5000, pattern=PLAIN)]
    lon: float | None = Field(None, ge=-180, le=180, description="WGS 84, as CGCS2000.")
    lat: float | None = Field(None, ge=-90, le=90)
    building: Id | None = None
    address: Short = Field("", description="In words, beside a point.")
    reference: Reference = ""
    reporter_name: Annotated[str, StringConstraints(max_length=40, pattern=PLAIN)] = Field(
        "", description="Only with the reporter's consent, for which you answer."
    )
    reporter_phone: Annotated[str, StringConstraints(pattern=r"^(1[3-9][0-9]{9})?$")] = ""
    photos: Photos


class Made(Schema):
    """What a write came to. A repeat with the same Idempotency-Key gets this very answer."""

    number: str
    stage: Stage
    step: int
    at: datetime


class MoveOffered(Schema):
    """A move that may come next; `closed_because` is empty when it is open now."""

    move: str
    name: str
    is_open: bool
    closed_because: str


class PhotoStored(Schema):
    """A photo that waits for its case or move."""

    id: str
    width: int
    height: int


class PhotoShown(Schema):
    """A photo of a case: `kind` before or after handling, with the step it came with."""

    id: str
    kind: str
    step: int | None
    width: int
    height: int
    bytes: int = Field(description="Of the shown copy.")
    received_at: datetime
    taken_at: datetime | None = Field(description="As the camera said.")


class PhotosShown(Schema):
    """All photos of a case."""

    items: list[PhotoShown]


class PersonShown(Schema):
    """Somebody appointed to the station."""

    id: str
    name: str


class PeopleShown(Schema):
    """Who is appointed there today."""

    items: list[PersonShown]


class MovesOffered(Schema):
    """What this key may do with a case at its stage."""

    items: list[MoveOffered]


def page_of(items: list[Any], limit: int, key: str) -> dict[str, Any]:
    """A page of what was read with one more than `limit`; `key` names the field the next one goes on from."""
    shown = items[:limit]
    return {"items": shown, "next": shown[-1][key] if len(items) > limit else None}
