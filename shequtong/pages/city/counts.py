"""Figures of what is cast (计数): summed per day and over all days as folding would, and written as folded totals."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from shequtong.cases.told_spans import HOURS, SPANS
from shequtong.core.bulk import columns_of
from shequtong.core.locality.ids import SHIFT
from shequtong.figures.models import EVER, Total
from shequtong.pages.city.rows import Count

_DAYS = 1 << 15  # more than days since 1970
_A_DAY = 86_400  # seconds
_EPOCH = date(1970, 1, 1)
_AT_ONCE = 50_000
Kind = tuple[str, int, str, str]  # measure, station, stage, class


class Counts:
    """Of one subdistrict."""

    def __init__(self, place: int, grids: list[str]) -> None:
        self._place, self._grids = place, grids
        self._kinds: dict[Kind, int] = {}
        self._keys: list[np.ndarray] = []
        self._amounts: list[np.ndarray] = []

    def add(self, counts: Sequence[Count], days: np.ndarray, grids: np.ndarray) -> None:
        """What cases of one mold add: `days` of their moments, a row a case, and the grid of each."""
        kinds = np.array([self._kind(one) for one in counts], dtype=np.int64)
        at, amounts = np.array([one.moment for one in counts]), np.array([one.n for one in counts])
        keys = (kinds[None, :] * len(self._grids) + grids[:, None]) * _DAYS + days[:, at]
        self._keys.append(keys.ravel())
        self._amounts.append(np.broadcast_to(amounts, keys.shape).ravel())

    def add_told(self, class_code: str, told: np.ndarray, grids: np.ndarray) -> None:
        """At which hour each case of one mold was told: `told` are seconds of the clock there, a case each, and the grid of each."""
        months = (told // _A_DAY).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)  # since January of 1970
        for span in SPANS:
            code = class_code if span.by_class else ""
            kinds = np.array([self._kind(Count(0, f"{span.prefix}{hour}", 0, "", code, 1)) for hour in HOURS], dtype=np.int64)
            first = (months // span.months * span.months).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
            keys = (kinds[told % _A_DAY // 3600] * len(self._grids) + grids) * _DAYS + first
            self._keys.append(keys)
            self._amounts.append(np.ones(len(keys), dtype=np.int64))

    def sums(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Keys with their sums, without zeros: of days, and of all days (day 0)."""
        if not self._keys:
            return []
        keys, amounts = np.concatenate(self._keys), np.concatenate(self._amounts)
        self._keys, self._amounts = [], []
        by_day = _summed(keys, amounts)
        return [by_day, _summed(by_day[0] // _DAYS * _DAYS, by_day[1])]

    def lines(self, sums: list[tuple[np.ndarray, np.ndarray]], ids: Iterator[int]) -> Iterator[str]:
        """The totals as text, some at a time."""
        names = [column.attname for column in columns_of(Total)]
        kinds = list(self._kinds)
        day_texts: dict[int, str] = {0: EVER.isoformat()}
        order = "\t".join("{" + name + "}" for name in names) + "\n"
        heads: dict[int, str] = {}
        for keys, amounts in sums:
            for start in range(0, len(keys), _AT_ONCE):
                found = []
                for key, n in zip(
                    keys[start : start + _AT_ONCE].tolist(), amounts[start : start + _AT_ONCE].tolist(), strict=True
                ):
                    what, day = divmod(key, _DAYS)
                    head = heads.get(what)
                    if head is None:
                        kind, grid = divmod(what, len(self._grids))
                        measure, station, stage, code = kinds[kind]
                        told = {"measure": measure, "unit_path": self._grids[grid], "station_id": station, "stage": stage}
                        told |= {"subdistrict_id": self._place, "class_code": code}
                        head = heads[what] = order.format(id="%d", day="%s", n="%d", **told)
                    text = day_texts.get(day)
                    if text is None:
                        text = day_texts[day] = (_EPOCH + timedelta(days=day)).isoformat()
                    found.append(head % _in_order(names, (self._place << SHIFT) + next(ids), text, n))
                yield "".join(found)

    def _kind(self, one: Count) -> int:
        return self._kinds.setdefault((one.measure, one.station, one.stage, one.class_code), len(self._kinds))


def _in_order(names: list[str], key: int, day: str, n: int) -> tuple[int | str, ...]:
    return (key, day, n) if names.index("day") < names.index("n") else (key, n, day)


def _summed(keys: np.ndarray, amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.argsort(keys, kind="stable")
    keys, amounts = keys[order], amounts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sums = np.add.reduceat(amounts, starts)
    return keys[starts][sums != 0], sums[sums != 0]
