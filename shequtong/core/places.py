"""The storage places (存储地), held in memory: by number and by the letters that stand in case numbers."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from shequtong.core.held import Held
from shequtong.core.models import Subdistrict

REVISION = "core.subdistrict"


@dataclass(frozen=True)
class Place:
    """A storage number with what is asked of it often."""

    number: int
    kind: str
    letters: str
    name: str
    zone: ZoneInfo


def _load() -> dict[int, Place]:
    rows = Subdistrict.objects.values_list("id", "kind", "letters", "name", "zone")
    return {no: Place(no, kind, letters, name, ZoneInfo(zone)) for no, kind, letters, name, zone in rows}


_PLACES = Held(REVISION, _load)


def place(number: int) -> Place:
    """The place with this storage number; KeyError when there is none."""
    return _PLACES()[number]


def places() -> tuple[Place, ...]:
    """All of them, by number."""
    return tuple(found for _, found in sorted(_PLACES().items()))


def place_lettered(letters: str) -> Place | None:
    """The place whose case numbers begin with these letters."""
    return next((found for found in _PLACES().values() if found.letters == letters), None)
