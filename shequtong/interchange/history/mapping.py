"""The mapping of a history (导入映射): which column is what, and what its words mean here. Read from JSON, refused with line and reason.

Every entry that may be the same for all rows is either a plain string or a table of words: `{"columns": [...], "values": {...},
"otherwise": "..."}`. The first of the columns whose word stands in the table decides; blank words may stand in it as "".
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator

from shequtong.cases.models import Case
from shequtong.core.geo import Crs
from shequtong.core.refusals import Refusal
from shequtong.interchange.history.json_lines import BadJson, read_with_lines

# What a status may mean: where the case stands, or that its city held it for a duplicate.
STAGES = ("intake", "registered", "handling", "closed", "voided", "not_accepted", "withdrawn", "duplicate")
BY_DUTY = "by_duty"  # the station of the agency that the duty list names
_System = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,20}$")]
Word = Annotated[str, StringConstraints(min_length=1)]


class BadMapping(Refusal):
    """The mapping is not what the command reads; the sentence names line and reason."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=200)


class Words(_Part):
    """A table of words over one or more columns."""

    columns: list[Word] = Field(min_length=1)
    values: dict[str, str]
    otherwise: str | None = None

    @property
    def outcomes(self) -> set[str]:
        """Everything it can say."""
        return {*self.values.values(), *([self.otherwise] if self.otherwise is not None else [])}


class PlaceColumns(_Part):
    """Where: the point when a unit of ours holds it, else the area's unit, else the unit of the command line."""

    areas: Words | None = None  # an area's name → code of a unit
    address: list[Word] = []
    lon: Word | None = None
    lat: Word | None = None
    crs: Crs = Crs.WGS84
    bounds: tuple[float, float, float, float] | None = None  # west, south, east, north: a point outside is left out

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("lon and lat go together")
        return self


class TimeColumns(_Part):
    """Columns of times, each a column or several of which the first that is not blank counts."""

    zone: str | Words = "Asia/Shanghai"
    formats: list[Word] = []  # as of strptime, tried before ISO 8601
    reported: list[Word] = Field(min_length=1)
    registered: list[Word] = []
    dispatched: list[Word] = []
    accepted: list[Word] = []
    handled: list[Word] = []
    verified: list[Word] = []
    closed: list[Word] = []
    ended: list[Word] = []  # of one that was voided, withdrawn or not accepted
    updated: list[Word] = []  # the last that the source knows of it
    due: list[Word] = []  # the source's own due time: the earlier of it and our limit holds

    @field_validator("*", mode="before")
    @classmethod
    def _one_is_a_list(cls, value: object, info: object) -> object:
        return [value] if isinstance(value, str) and getattr(info, "field_name", "") != "zone" else value

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str | Words) -> str | Words:
        for name in [zone] if isinstance(zone, str) else zone.outcomes:
            try:
                ZoneInfo(name)
            except (KeyError, OSError, ValueError) as error:  # the first is how an unknown zone is said
                raise ValueError(f"{name!r} is no time zone") from error
        return zone


class Mapping(_Part):
    """The whole of it."""

    about: str = Field(default="", max_length=4000)
    system: _System | Words
    number: Word
    text: list[Word] = Field(min_length=1)
    kind: str | Words = Field(alias="class")
    channel: str | Words = Case.Channel.SYSTEM.value
    station: str | Words = BY_DUTY
    place: PlaceColumns = PlaceColumns()
    times: TimeColumns
    stage: str | Words
    repeated: Literal["latest", "first"] = "latest"

    @field_validator("channel")
    @classmethod
    def _a_channel(cls, told: str | Words) -> str | Words:
        return _among(told, tuple(Case.Channel.values), "channel")

    @field_validator("stage")
    @classmethod
    def _a_stage(cls, told: str | Words) -> str | Words:
        return _among(told, STAGES, "stage")

    def columns(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Every column it names, with the entry that names it."""
        yield ("number",), self.number
        yield from ((("text",), column) for column in self.text)
        tables = {
            "system": self.system,
            "class": self.kind,
            "channel": self.channel,
            "station": self.station,
            "stage": self.stage,
        }
        found: dict[tuple[str, ...], str | Words | None] = {(name,): told for name, told in tables.items()}
        found |= {("place", "areas"): self.place.areas, ("times", "zone"): self.times.zone}
        for entry, told in found.items():
            if isinstance(told, Words):
                yield from (((*entry, "columns"), column) for column in told.columns)
        yield from ((("place", "address"), column) for column in self.place.address)
        yield from ((("place", name), getattr(self.place, name)) for name in ("lon", "lat") if getattr(self.place, name))
        for name in TIMES:
            yield from ((("times", name), column) for column in getattr(self.times, name))


TIMES = ("reported", "registered", "dispatched", "accepted", "handled", "verified", "closed", "ended", "updated", "due")


def _among(told: str | Words, known: tuple[str, ...], what: str) -> str | Words:
    for word in [told] if isinstance(told, str) else sorted(told.outcomes):
        if word not in known:
            raise ValueError(f"{word!r} is no {what}; there are {', '.join(known)}")
    return told


class Read:
    """A mapping with the lines of its entries."""

    def __init__(self, mapping: Mapping, lines: dict[tuple[str | int, ...], int]) -> None:
        self.mapping, self._lines = mapping, lines

    def line_of(self, *entry: str | int) -> int:
        """The line of an entry, or of the nearest one around it."""
        return next((self._lines[entry[:end]] for end in range(len(entry), -1, -1) if entry[:end] in self._lines), 1)

    def refuse_unless(self, header: list[str]) -> None:
        """Raise BadMapping when it names a column that the file has not."""
        for entry, column in self.mapping.columns():
            if column not in header:
                shown = ", ".join(header[:30])
                raise BadMapping(f"line {self.line_of(*entry)}: the file has no column {column!r}; it has {shown}")


def read_mapping(path: Path) -> Read:
    """The mapping in a JSON file. Raises BadMapping."""
    try:
        told, lines = read_with_lines(path.read_text(encoding="utf-8-sig"))
    except BadJson as error:
        raise BadMapping(f"line {error.line}: {error.reason}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadMapping(f"the mapping cannot be read: {error}") from error
    try:
        return Read(Mapping.model_validate(told), lines)
    except ValidationError as error:
        found = error.errors()[0]
        place = tuple(part for part in found["loc"] if part not in ("str", "Words", "constrained-str"))
        nearest = next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)
        where = ".".join(map(str, place)) or "the whole"
        raise BadMapping(f"line {nearest}: {where}: {found['msg'].removeprefix('Value error, ')}") from error
