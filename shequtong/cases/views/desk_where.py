"""Where staff take something in (案发位置): a building by its address, or a point where one stands or marks it; it lives in the address of the page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override

from shequtong.access.request import ActorRequest
from shequtong.cases.chosen_place import ChosenPlace, chosen_place
from shequtong.cases.map_layers import desk_layers
from shequtong.cases.places import Spot
from shequtong.cases.shown import place_name
from shequtong.cases.views.resident_steps import near, near_words
from shequtong.core.actors import Facts
from shequtong.territory.address import Match, search_buildings

_FOUND = 10


@dataclass(frozen=True)
class DeskWhere:
    """What was looked for and chosen, and whether the post may do there what the page is for."""

    request: ActorRequest
    permission: str
    q: str
    chosen: ChosenPlace | None

    @cached_property
    def spot(self) -> Spot | None:
        """One statement for a building that nobody asked for lately."""
        return self.chosen.spot() if self.chosen else None

    @cached_property
    def address(self) -> str:
        """Of a point: the building it is near to, as residents' reports say it, in the platform's language. At most two statements."""
        if self.chosen is None or self.chosen.point is None:
            return ""
        with override(settings.LANGUAGE_CODE):
            return near_words(near(self.chosen))

    @property
    def outside(self) -> bool:
        """It lies where this post may not do it."""
        return self.spot is not None and not self.covers(self.permission)

    def covers(self, permission: str) -> bool:
        """Whether the post holds a permission there. No statement."""
        spot = self.spot
        return spot is not None and self.request.actor.reach(permission).of_post.covers(Facts(spot.subdistrict_id, spot.path))

    @cached_property
    def matches(self) -> list[Match]:
        """Buildings that the words may mean, where the post takes things in."""
        if not self.q or self.spot is not None:
            return []
        return search_buildings(self.q, self.request.actor.reach(self.permission).subdistricts, limit=_FOUND)

    def led(self) -> HttpResponse | None:
        """One address that is meant exactly needs no choosing."""
        if len(self.matches) == 1 and self.matches[0].exact:
            return redirect(f"{self.request.path}?{urlencode({'building': self.matches[0].building_id, 'q': self.q})}")
        return None

    @property
    def named(self) -> dict[str, Any]:
        """The place for `NewCase`."""
        assert self.chosen is not None
        if self.chosen.building_id is not None:
            return {"building_id": self.chosen.building_id}
        return {"point": self.chosen.point, "address": self.address}

    def shown(self) -> dict[str, Any]:
        """What `_where.html` wants."""
        return {
            "q": self.q,
            "chosen": self.chosen,
            "spot": self.spot,
            "spot_address": (self.spot.address or self.address) if self.spot else "",
            "spot_name": place_name(self.spot.path) if self.spot else "",
            "unserved": self.spot is None and asked_for_place(self.request),
            "outside": self.outside,
            "matches": self.matches,
            "layers": "" if self.spot else desk_layers(self.request.actor.reach(self.permission).subdistricts),
        }


def asked_for_place(request: ActorRequest) -> bool:
    """Whether the address of the page, or its form, names any place at all."""
    return any(name in params for params in (request.POST, request.GET) for name in ("building", "lon"))


def desk_where(request: ActorRequest, permission: str) -> DeskWhere:
    """From the form that was made for it, else from the address of the page."""
    chosen = chosen_place(request.POST) or chosen_place(request.GET)
    q = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    return DeskWhere(request, permission, q, chosen)
