"""Whom a resident rings and where they go (联系我们): the cards of their community and street, as far as the offices wrote any. No statement when warm."""

from dataclasses import dataclass

from shequtong.core.actors import Reach
from shequtong.organizations.contacts import KINDS, ContactRef, cards, contacts_above
from shequtong.pages.my_community import MyCommunity
from shequtong.pages.place import streets
from shequtong.territory.models import Unit
from shequtong.territory.shown import KIND_NAMES, unit_name
from shequtong.territory.units import UnitRef, at_path, under

_NAMED = 3  # streets whose cards stand on the first page itself; of more one chooses one's community, or opens the list


@dataclass(frozen=True)
class Card:
    """A card with whose it is."""

    ref: ContactRef
    place: str


def near(mine: MyCommunity | None) -> list[Card]:
    """For the first page: of the chosen community the nearest card and its street's; before one is chosen the streets', while they are few."""
    if mine is not None:
        found = contacts_above(mine.path)
        of_street = [one for one in found[1:] if (unit := at_path(one.path)) and unit.kind == Unit.Kind.SUBDISTRICT]
        return [_card(one) for one in (*found[:1], *of_street)]
    if len(streets()) > _NAMED:
        return []
    return [card for card in listed() if (unit := at_path(card.ref.path)) and unit.kind == Unit.Kind.SUBDISTRICT]


def to_ring(found: list[Card]) -> ContactRef | None:
    """The first with a telephone."""
    return next((card.ref for card in found if card.ref.phone), None)


def listed() -> list[Card]:
    """All of standing units, a street before its communities."""
    return [_card(one) for one in cards().values() if (unit := at_path(one.path)) and not unit.ended]


def _card(one: ContactRef) -> Card:
    unit = at_path(one.path)
    return Card(one, unit_name(unit) if unit else "")


@dataclass(frozen=True)
class Office:
    """A unit whose office may have a card, for who writes it."""

    unit: UnitRef
    name: str
    kind: str
    level: int
    card: ContactRef | None


def offices_within(reach: Reach) -> list[Office]:
    """Streets, precincts and communities of one's reach, in the order of the tree."""
    own = [one for one in under("", *KINDS) if reach.covers(one.reach_facts())]
    top, written = min((one.depth for one in own), default=0), cards()
    return [Office(one, unit_name(one), str(KIND_NAMES[one.kind]), min(5, one.depth - top), written.get(one.path)) for one in own]
