"""Homes and buildings in the one box (全局检索中的房屋): a building found leads to its board, a door that is named to its page, for who reads the registry."""

import re
from collections.abc import Sequence

from django.urls import reverse

from shequtong.core.actors import Actor, Facts
from shequtong.people import permissions
from shequtong.people.shown import room_text
from shequtong.territory.address.search import Match
from shequtong.territory.models import Room

_SHOWN = 12


def sees_building(actor: Actor, one: Match) -> bool:
    """Whether the post reads who lives there."""
    return actor.reach(permissions.VIEW).of_post.covers(Facts(one.subdistrict, one.grid_path, object_id=one.building_id))


def board_of(actor: Actor, one: Match) -> str:
    """Where its rooms are drawn; "" for who may not look."""
    return reverse("pages:registry-building", args=[one.building_id]) if sees_building(actor, one) else ""


def homes_of(actor: Actor, found: Sequence[Match]) -> list[dict[str, str]]:
    """Doors that were named with their building (玉山公寓3幢2单元501). One statement, none where no room was named."""
    named = [one for one in found if one.room and sees_building(actor, one)]
    named = [one for one in named if one.exact] or named
    if not named:
        return []
    order = {one.building_id: at for at, one in enumerate(named)}
    rooms = Room.objects.filter(
        subdistrict__in=sorted({one.subdistrict for one in named}),
        entrance__building__in=list(order),
        name__iexact=named[0].room,  # all were read from one text
    ).select_related("entrance__building__compound")
    fitting = [one for one in rooms.defer("entrance__building__footprint") if _is_behind(one, named[0].entrance)]
    fitting.sort(key=lambda one: (order[one.entrance.building_id], one.entrance.number))
    return [{"name": room_text(one), "url": reverse("pages:registry-door", args=[one.pk])} for one in fitting[:_SHOWN]]


def _is_behind(room: Room, entrance: str) -> bool:
    """Whether the room lies behind the entrance that was said; behind any where none was."""
    number = re.match(r"\d+", entrance)
    return int(number[0]) == room.entrance.number if number else entrance in ("", room.entrance.name)
