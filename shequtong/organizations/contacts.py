"""Contact cards in memory (联系卡): the office of a place, as residents are told. No statement when warm."""

import re
from typing import NamedTuple

from shequtong.core.held import Held
from shequtong.organizations.models import ContactCard
from shequtong.territory.models import Unit

REVISION = "organizations.contacts"
# Whose offices residents go to; a grid has none.
KINDS = (Unit.Kind.SUBDISTRICT, Unit.Kind.PRECINCT, Unit.Kind.COMMUNITY)


class ContactRef(NamedTuple):
    """A card for reading; `path` is that of its unit."""

    id: int
    unit_id: int
    path: str
    name: str
    phone: str
    address: str
    hours: str
    note: str

    @property
    def tel(self) -> str:
        """What a telephone dials: an extension after a pause."""
        return re.sub(r"[^0-9-]+", ",", self.phone)


def _load() -> dict[str, ContactRef]:
    rows = ContactCard.objects.values_list("id", "unit_id", "unit__path", "name", "phone", "address", "hours", "note")
    return {row[2]: ContactRef(*row) for row in rows.order_by("unit__path")}


_CARDS = Held(REVISION, _load)


def cards() -> dict[str, ContactRef]:
    """All there are by path, a unit before what lies in it."""
    return _CARDS()


def contact_of(path: str) -> ContactRef | None:
    """The unit's own card."""
    return _CARDS().get(path)


def contacts_above(path: str) -> list[ContactRef]:
    """The cards of a place and of all above it, the nearest first."""
    found = _CARDS()
    ends = [end for end in range(len(path) - 1, -1, -1) if path[end] == "/"]
    return [found[path[: end + 1]] for end in ends if path[: end + 1] in found]
