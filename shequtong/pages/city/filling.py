"""Filling (填充): a subdistrict's cases as text, block by block: each a cast with its own number, moment, place, reporter and marks."""

import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db.models import Model

from shequtong.audit.models import Seal
from shequtong.audit.sealing import digest_of, mac_of
from shequtong.audit.usecases.seal_entries import BATCH as SEALED_AT_ONCE
from shequtong.cases.catalogue import catalogue
from shequtong.cases.grams import grams_of
from shequtong.cases.models import CaseGram, Reporter
from shequtong.core.bulk import columns_of, escaped
from shequtong.core.keys import audit_key
from shequtong.core.locality.ids import SHIFT
from shequtong.core.sealed import hash_of
from shequtong.core.sealed.ciphers import seal
from shequtong.pages.city.casts import Cast
from shequtong.pages.city.counts import Counts
from shequtong.pages.city.place import Street
from shequtong.pages.city.rows import Rows
from shequtong.pages.demo.full.texts import person

BLOCK = 4_000  # cases
_EIGHT_HOURS = 8 * 3600
_SEALED = {name: Reporter._meta.get_field(name).sealed_column for name in ("name", "phone", "key")}  # type: ignore[union-attr]  # the stubs know no field of ours
Text = dict[type[Model], str]


@dataclass(frozen=True)
class Plan:
    """What each case of a subdistrict is, in the order it was told: its mold, how many seconds back, its building, year and serial."""

    molds: np.ndarray
    back: np.ndarray
    buildings: np.ndarray
    years: np.ndarray
    serials: np.ndarray


@dataclass
class Chain:
    """The seals of a subdistrict's log as they grow; `last` is the newest."""

    place: int
    ids: Iterator[int]
    at: datetime
    last: Seal | None = None
    lines: list[str] = field(default_factory=list)
    _entries: list[int] = field(default_factory=list)
    _marks: list[str] = field(default_factory=list)
    position: int = 0
    seal_id: int = 0

    def __post_init__(self) -> None:
        self.seal_id = next(self.ids)
        self.position = self.last.last if self.last else 0

    def take(self, entry_id: int, mark: str) -> None:
        """One more entry; its position and seal are those that stood before."""
        self._entries.append(entry_id)
        self._marks.append(mark)
        self.position += 1
        if len(self._entries) == SEALED_AT_ONCE:
            self.close()

    def close(self) -> None:
        """Seal what is open."""
        if not self._entries:
            return
        found = Seal(
            id=self.seal_id,
            subdistrict_id=self.place,
            number=self.last.number + 1 if self.last else 1,
            first=self.last.last + 1 if self.last else 1,
            last=self.position,
            ids=self._entries,
            digest=digest_of(self._marks),
            previous=self.last.mac if self.last else "",
            at=self.at,
        )
        found.mac = mac_of(found)
        self.lines.append(_seal_line(found))
        self.last, self.seal_id, self._entries, self._marks = found, next(self.ids), [], []


class Filler:
    """Makes the text of one subdistrict; `counts` and `chain` are what it leaves behind."""

    def __init__(
        self,
        street: Street,
        plan: Plan,
        molds: Sequence[Rows],
        casts: Sequence[Sequence[Cast | None]],
        ids: list[range],
        now: datetime,
    ) -> None:
        """`casts` of each precinct, of each mold that is used."""
        self._street, self._plan, self._molds, self._casts, self._ids = street, plan, molds, casts, iter(ids)
        self._place, self._now = street.number << SHIFT, now.strftime("%Y-%m-%dT%H:%M:%S")
        self._range, self._next = range(0), 0
        self._grams: dict[tuple[int, int], list[int]] = {}  # by mold and building
        self.counts = Counts(street.number, [grid.path for grid in street.grids])
        # A worker may have sealed already what setting the place up left in its log.
        sealed = Seal.objects.filter(subdistrict=street.number).order_by("-number").first()
        self.chain = Chain(street.number, self._seal_ids(), now.replace(microsecond=0), sealed)
        self._mac = hmac.new(audit_key(), digestmod="sha256")
        grids = {grid.path: (n, grid.id) for n, grid in enumerate(street.grids)}
        self._where = [
            {
                "unit": grids[one.grid_path][1],
                "path": one.grid_path,
                "building": one.pk,
                "address": escaped(one.address),
                "lon": one.lon,
                "lat": one.lat,
                "tile": one.tile,
                "letters": street.letters,
                "now": self._now,
            }
            for one in street.buildings
        ]
        self._grid = np.array([grids[one.grid_path][0] for one in street.buildings])
        self._precinct = [street.precinct_of(one.grid_path) for one in street.buildings]

    def blocks(self) -> Iterator[tuple[int, Text]]:
        """How many cases, and the lines of each table."""
        for start in range(0, len(self._plan.molds), BLOCK):
            some = slice(start, start + BLOCK)
            yield len(self._plan.molds[some]), self._block(some)

    def _block(self, some: slice) -> Text:
        molds, buildings = self._plan.molds[some], self._plan.buildings[some]
        moments = self._moments(molds, self._plan.back[some], buildings)
        out: dict[type[Model], list[str]] = defaultdict(list)
        told = zip(
            molds.tolist(),
            buildings.tolist(),
            moments,
            self._plan.years[some].tolist(),
            self._plan.serials[some].tolist(),
            strict=True,
        )
        for mold, building, texts, year, serial in told:
            cast = self._cast(self._precinct[building], mold)
            values = self._values(cast, building, texts, year, serial)
            for model, lines in cast.lines.items():
                out[model].append(lines % values)
            out[CaseGram].append(self._found_by(values["i0"], mold, building))
        text = {model: "".join(lines) for model, lines in out.items()}
        if self.chain.lines:
            text[Seal], self.chain.lines = "".join(self.chain.lines), []
        return text

    def _moments(self, molds: np.ndarray, back: np.ndarray, buildings: np.ndarray) -> list[list[str]]:
        """Every moment of each case, as text; what they add to the figures is counted on the way."""
        found: list[list[str]] = [[]] * len(molds)
        for mold in np.unique(molds):
            at = np.flatnonzero(molds == mold)
            moments = np.array(self._molds[mold].moments)[None, :] - back[at][:, None]
            texts = np.datetime_as_string(moments.astype("datetime64[s]")).tolist()
            for n, row in zip(at.tolist(), texts, strict=True):
                found[n] = row
            days, where = (moments + _EIGHT_HOURS) // 86_400, buildings[at]
            kind = catalogue().classes[self._molds[mold].case.case_class_id]
            self.counts.add_told(kind.code, moments[:, 0] + _EIGHT_HOURS, self._grid[where])
            for precinct in set(self._precinct):
                here = np.array([self._precinct[one] == precinct for one in where.tolist()])
                if here.any():
                    self.counts.add(self._cast(precinct, mold).counts, days[here], self._grid[where[here]])
        return found

    def _cast(self, precinct: int, mold: int) -> Cast:
        found = self._casts[precinct][mold]
        assert found is not None  # made of each that is used
        return found

    def _values(self, cast: Cast, building: int, texts: list[str], year: int, serial: int) -> dict[str, Any]:
        rows = cast.rows
        first = self._place + self._take(rows.ids)
        values = self._where[building] | {f"t{n}": text for n, text in enumerate(texts)}
        for n in range(rows.ids):
            values[f"i{n}"] = first + n
        values["year"], values["serial"] = year, serial
        if rows.case.reporter_id is not None:
            self._reporter(values, first + 1, serial, told=rows.told_by_phone)
        base = self._mac
        for n, marked in enumerate(cast.marks):
            mac = base.copy()
            mac.update((marked % values).encode())
            mark = values[f"m{n}"] = mac.hexdigest()
            chain = self.chain
            values[f"p{n}"], values[f"s{n}"] = chain.position + 1, chain.seal_id
            chain.take(first + rows.ids - rows.entries + n, mark)
        return values

    def _found_by(self, case: int, mold: int, building: int) -> str:
        """The rows by which its words are found."""
        grams = self._grams.get((mold, building))
        if grams is None:
            told, address = self._molds[mold].case, self._street.buildings[building].address
            grams = self._grams[mold, building] = sorted(grams_of(told.text, told.title, address))
        place, first = self._street.number, self._place + self._take(len(grams))
        return "".join([f"{n}\t{place}\t{gram}\t{case}\n" for n, gram in enumerate(grams, start=first)])

    def _reporter(self, values: dict[str, Any], row: int, serial: int, *, told: bool) -> None:
        """Name, telephone and key, sealed for their row (the second of the case)."""
        plain = {"key": secrets.token_urlsafe(24)}
        if told:
            phone = f"199{50_000_000 + (serial * 7919 + self._street.number * 104_729) % 40_000_000}"
            plain |= {"name": person(serial), "phone": phone}
            values["phone_hash"] = hash_of("phone", phone)
        for name, text in plain.items():
            values[name] = seal(text, _SEALED[name].associated(str(row)))

    def _take(self, many: int) -> int:
        """The first of `many` numbers in a row."""
        if self._next + many > self._range.stop:
            self._range = next(self._ids)
            self._next = self._range.start
        self._next += many
        return self._next - many

    def _seal_ids(self) -> Iterator[int]:
        while True:
            yield self._place + self._take(1)


def _seal_line(row: Seal) -> str:
    texts = []
    for column in columns_of(Seal):
        value = getattr(row, column.attname)
        texts.append(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00") if isinstance(value, datetime) else str(value))
    return "\t".join(texts) + "\n"
