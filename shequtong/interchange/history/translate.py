"""One row as a past case (逐行翻译), by the mapping, or why not. Every rule for what such files get wrong stands here.

- A time before the one it follows (closed before opened) is taken at that one; what the source said is kept with the last step.
- A day without a time is its first moment, in the zone of the mapping.
- An ended matter without the time of its end has ended when the source last knew of it, else when it was reported.
- A duplicate by the source's own mark is voided, the mark in its last step; which other it repeats the source does not say.
- What should be in hand of a station that cannot be found waits to be dispatched.
"""

from collections.abc import Mapping as Of
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.catalogue import Class, catalogue
from shequtong.cases.models import Case
from shequtong.cases.past import ENDINGS, LINE, PastCase
from shequtong.cases.places import CRS, SERVED, find_spot
from shequtong.cases.workflow import Stage
from shequtong.core.geo import to_wgs
from shequtong.interchange.history.cells import BadCell, degrees_of, number_of, text_of, time_of
from shequtong.interchange.history.mapping import BY_DUTY, TIMES, BadMapping, Read, Words
from shequtong.interchange.history.tables import MORE
from shequtong.organizations.stations import directory, nearest_station
from shequtong.territory.units import UnitRef, at_path, with_code

_LONGEST_TEXT, _LONGEST_REF, _LONGEST_ADDRESS = 5000, 60, 160
_FAR = datetime(9000, 1, 1, tzinfo=UTC)  # a due time may lie in the future
_HIGHEST_LATITUDE = 85.05  # of the tiles
# What a mapping may fail to name.
_CLASS, _SYSTEM = pgettext_lazy("of a mapping", "class"), pgettext_lazy("of a mapping", "system")
_CHANNEL, _STAGE = pgettext_lazy("of a mapping", "channel"), pgettext_lazy("of a mapping", "stage")
_ZONE = pgettext_lazy("of a mapping", "time zone")
_ORDER = tuple(name for _move, name in LINE)


class Translator:
    """Turns rows into past cases of one subdistrict; `unit` is where those lie that say nothing of theirs."""

    def __init__(self, read: Read, subdistrict: int, unit: UnitRef | None, now: datetime) -> None:
        self.read, self.mapping, self.subdistrict, self.unit, self.now = read, read.mapping, subdistrict, unit, now
        self._agencies = {one.agency_code: one.agency_id for one in directory().by_id.values()}
        self._refuse_unknown()

    def _refuse_unknown(self) -> None:
        """Codes of the mapping that this installation does not know: said once, before any row."""
        known = {code for code, one in catalogue().by_code.items() if one.standard is not None and not one.ended}
        agencies = self._agencies.keys() | directory().by_code.keys() | {BY_DUTY, ""}
        areas = self.mapping.place.areas
        for told, known_words, entry, what in (
            (self.mapping.kind, known, ("class",), "class"),
            (self.mapping.station, agencies, ("station",), "agency or station"),
            (areas, {code for code in _outcomes(areas) if with_code(code)}, ("place", "areas"), "unit"),
        ):
            for word in sorted(_outcomes(told) - known_words):
                raise BadMapping(f"line {self.read.line_of(*entry)}: there is no {what} {word!r} here")

    def past_case(self, row: Of[str, Any]) -> PastCase:
        """The past case of a row. Raises BadCell."""
        if MORE in row:
            raise BadCell("", row[MORE], _("The row has more cells than the header."))
        mapping = self.mapping
        number = number_of(mapping.number, row[mapping.number])
        if len(number) > _LONGEST_REF:
            raise BadCell(mapping.number, number, _("It is longer than %(most)d characters.") % {"most": _LONGEST_REF})
        kind = catalogue().by_code[_said(mapping.kind, row, _CLASS)]
        unit, point = self._place(row)
        station = self._station(row, kind, unit)
        stage, told = self._stage(row, station)
        times = self._times(row, stage, station, told)
        due = self._first_time("due", row, _FAR)
        return PastCase(
            source=_said(mapping.system, row, _SYSTEM),
            source_ref=number,
            class_id=kind.id,
            text=self._text(row, kind),
            unit_id=unit.id,
            path=unit.path,
            channel=_said(mapping.channel, row, _CHANNEL) or Case.Channel.SYSTEM,
            stage=stage,
            times=times,
            station_id=station if "dispatched" in times else None,
            address=" ".join(filter(None, (text_of(one, row[one]) for one in mapping.place.address)))[:_LONGEST_ADDRESS],
            point=point,
            crs=CRS,
            due_at=due,
            note=told.get("status", ""),
            told={"source": told} if told else {},
        )

    def _text(self, row: Of[str, Any], kind: Class) -> str:
        parts = [(column, text_of(column, row[column])) for column in self.mapping.text]
        for column, words in parts:
            if len(words) > _LONGEST_TEXT:
                raise BadCell(column, words, _("It is longer than %(most)d characters.") % {"most": _LONGEST_TEXT})
        return " · ".join(dict.fromkeys(words for _column, words in parts if words))[:_LONGEST_TEXT] or kind.name

    def _place(self, row: Of[str, Any]) -> tuple[UnitRef, tuple[float, float] | None]:
        """The unit, and the point where it is within bounds. A point in a unit of ours says the unit."""
        columns, found = self.mapping.place, None
        point = self._point(row)
        if point is not None and (spot := find_spot(None, point, "", "")):
            found = at_path(spot.path)
        elif columns.areas is not None and (code := _word(columns.areas, row)):
            found = with_code(code)
        found = found or self.unit
        column = columns.lon or (columns.areas.columns[0] if columns.areas else "")
        if found is None:
            raise BadCell(column, row.get(column), _("No unit of ours lies there, and the command names none for the rest."))
        if found.subdistrict != self.subdistrict or found.kind not in SERVED:
            raise BadCell(column, row.get(column), _("It lies in %(unit)s, not in the place imported to.") % {"unit": found.name})
        return found, point

    def _point(self, row: Of[str, Any]) -> tuple[float, float] | None:
        columns = self.mapping.place
        if columns.lon is None or columns.lat is None:
            return None
        lon, lat = degrees_of(columns.lon, row[columns.lon]), degrees_of(columns.lat, row[columns.lat])
        if lon is None or lat is None or (lon == 0 and lat == 0) or abs(lat) > _HIGHEST_LATITUDE:
            return None
        west, south, east, north = columns.bounds or (-180, -90, 180, 90)
        if not (west <= lon <= east and south <= lat <= north):
            return None
        return to_wgs(lon, lat, columns.crs)

    def _station(self, row: Of[str, Any], kind: Class, unit: UnitRef) -> int | None:
        told = _word(self.mapping.station, row)
        if told is None or told == "":
            return None
        if told != BY_DUTY and (named := directory().by_code.get(told)):
            return named.id if named.subdistrict == self.subdistrict else None
        agency = kind.lead_agency if told == BY_DUTY else self._agencies.get(told)
        found = nearest_station(agency, unit.path) if agency is not None else None
        return found.id if found else None

    def _stage(self, row: Of[str, Any], station: int | None) -> tuple[Stage, dict[str, Any]]:
        """Where it stands, and what the source calls that where our word says less."""
        word = _said(self.mapping.stage, row, _STAGE)
        told: dict[str, Any] = {}
        table = self.mapping.stage
        if isinstance(table, Words) and word not in ("closed", "intake", "registered", "handling"):
            told["status"] = " · ".join(filter(None, (text_of(one, row[one]) for one in table.columns)))
        if word == "duplicate":
            told["duplicate"] = True
            return Stage.VOIDED, told
        stage = Stage(word)
        return (Stage.REGISTERED, told) if stage == Stage.HANDLING and station is None else (stage, told)

    def _times(self, row: Of[str, Any], stage: Stage, station: int | None, told: dict[str, Any]) -> dict[str, datetime]:
        said = {name: at for name in TIMES if name != "due" and (at := self._first_time(name, row, self.now)) is not None}
        column = self.mapping.times.reported[0]
        if "reported" not in said:
            raise BadCell(column, row[column], _("Nothing says when it was reported."))
        last = said.get("updated") or max(said.values())
        if stage in ENDINGS:
            said["ended"] = said.get("ended") or said.get("closed") or last
            names: tuple[str, ...] = (*_ORDER[:2], "ended")
        else:
            names, ends = _line_to(stage, station)
            said.setdefault(ends, last)
            if ends == "accepted":
                said.setdefault("dispatched", said[ends])
        found: dict[str, datetime] = {}
        for name in names:
            if name in said:
                found[name] = max(said[name], *found.values()) if found else said[name]
                if found[name] != said[name]:
                    told.setdefault("said", {})[name] = said[name].isoformat()
        return found

    def _first_time(self, name: str, row: Of[str, Any], now: datetime) -> datetime | None:
        times = self.mapping.times
        columns: list[str] = getattr(times, name)
        if not columns:
            return None
        zone = _zone(_said(times.zone, row, _ZONE))
        return next((at for one in columns if (at := time_of(one, row[one], zone, times.formats, now)) is not None), None)


def _line_to(stage: Stage, station: int | None) -> tuple[tuple[str, ...], str]:
    """The milestones on the way to a stage, and the one that leads to it. Without a station nothing is dispatched or accepted."""
    ends = {Stage.INTAKE: "reported", Stage.REGISTERED: "registered", Stage.HANDLING: "accepted"}.get(stage, "closed")
    names = _ORDER[: _ORDER.index(ends) + 1]
    return tuple(name for name in names if station is not None or name not in ("dispatched", "accepted")), ends


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _outcomes(told: str | Words | None) -> set[str]:
    if told is None:
        return set()
    return {told} if isinstance(told, str) else told.outcomes


def _word(told: str | Words, row: Of[str, Any]) -> str | None:
    """What the mapping says of a row; None when its words are not in the table."""
    if isinstance(told, str):
        return told
    for column in told.columns:
        word = text_of(column, row[column])
        if word in told.values:
            return told.values[word]
    return told.otherwise


def _said(told: str | Words, row: Of[str, Any], what: object) -> str:
    """The same, where a row without it cannot be taken in. Raises BadCell."""
    found = _word(told, row)
    if found is None:
        assert isinstance(told, Words)  # a plain string says itself
        values = [text_of(one, row[one]) for one in told.columns]
        raise BadCell(", ".join(told.columns), " / ".join(values), _("The mapping names no %(what)s for it.") % {"what": what})
    return found
