"""The community a resident lives in (我的社区), as chosen on this device: in a cookie, nowhere else. No statement."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest  # noqa: TID251  # its cookie is read
from django.urls import reverse

from shequtong.cases.shown import unit_name
from shequtong.territory.models import Unit
from shequtong.territory.units import UnitRef, above, at_path, tree

COOKIE = "my_community"


@dataclass(frozen=True)
class MyCommunity:
    """Its name, its street's, and where its answers stand."""

    path: str
    name: str
    street: str
    answers_url: str


def community_at(path: str) -> UnitRef | None:
    """The community a path lies in."""
    return above(path, Unit.Kind.COMMUNITY) if path and at_path(path) else None


def my_community(request: HttpRequest) -> MyCommunity | None:
    """The one chosen here, as long as there is one of that path."""
    path = request.COOKIES.get(COOKIE, "")[:200]
    found = community_at(path)
    return dressed(found) if found is not None and found.path == path else None


def dressed(found: UnitRef) -> MyCommunity:
    """A community as a page shows it."""
    street = above(found.path, Unit.Kind.SUBDISTRICT)
    query = urlencode({"street": found.subdistrict, "community": found.path})
    return MyCommunity(found.path, unit_name(found), unit_name(street) if street else "", f"{reverse('cases:answers')}?{query}")


def communities() -> list[MyCommunity]:
    """All there are, street by street in the order of the tree."""
    own = (one for one in tree().by_id.values() if one.kind == Unit.Kind.COMMUNITY)
    return [dressed(one) for one in sorted(own, key=lambda one: one.path)]
