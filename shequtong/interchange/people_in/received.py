"""A table as it arrives (收到的表): where its headings stand, some rows to guess by, and what tells it from others. Reads no table of ours."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from shequtong.interchange.people_in.heads import LOOKED_AT, Head, head_of, is_people
from shequtong.interchange.people_in.table import Cell, Reading, Row, rows_of


@dataclass(frozen=True)
class Received:
    """`samples`: the first rows below the headings."""

    name: str
    digest: str
    head: Head
    samples: tuple[list[Cell], ...]


def received(content: bytes, name: str, rows: Reading | None = None) -> Received:
    """Read as far as guesses need; of `rows`, where the same bytes are being read already. Raises CannotReadTable."""
    first = rows.first(LOOKED_AT) if rows is not None else list(rows_of(content, LOOKED_AT))
    head = head_of(first)
    samples = tuple(samples_of(first, head))
    return Received(name, hashlib.sha256(content).hexdigest(), head, samples)


def samples_of(rows: Iterable[Row], head: Head) -> list[list[Cell]]:
    """The rows of people among these."""
    return [cells for number, cells in rows if number > head.row and is_people(cells, head)]
