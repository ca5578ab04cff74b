"""Small things for the figures' tests: a street, and a source of made-up facts."""

from collections.abc import Iterable
from datetime import date

from shequtong.core import held
from shequtong.core.models import Subdistrict
from shequtong.figures.deltas import NewDelta
from shequtong.figures.sources import Source

STREET = 7
MONDAY = date(2026, 4, 13)


def make_street(number: int = STREET, letters: str = "AA", zone: str = "Asia/Shanghai") -> Subdistrict:
    """A subdistrict with this storage number; what is held of places is read anew."""
    held.drop_all()
    told = {"kind": Subdistrict.Kind.SUBDISTRICT, "letters": letters, "name": f"Street {number}", "zone": zone}
    return Subdistrict.objects.get_or_create(id=number, defaults=told)[0]


def source_of(facts: Iterable[NewDelta], *measures: str) -> Source:
    """A source that knows these facts."""
    kept = list(facts)
    return Source("test", measures, lambda place: [fact for fact in kept if fact.subdistrict_id == place])
