"""Describe a home (房屋信息): what it is used for, how large it is, whether it is let by beds or a public dwelling."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import codes, permissions
from shequtong.people.models import Home, Source
from shequtong.people.usecases._homes import have_home, room_with_place
from shequtong.people.usecases.register_person import Spot

FACTS = frozenset({"use", "area", "shared", "public"})
LARGEST = 10_000_000  # dm²


class CannotDescribe(Refusal):
    """Nothing is different, the use is none of the list, or somebody changed it meanwhile."""


@transaction.atomic
def describe_home(
    *,
    room_id: int,
    facts: Mapping[str, Any],
    by: Actor,
    now: datetime,
    source: str = Source.VISIT,
    version: int | None = None,
) -> Home:
    """`facts`: some of FACTS; the area in dm² or None. Raises CannotDescribe, Forbidden. Four statements."""
    room = room_with_place(room_id)
    by.require(permissions.RECORD, Spot(room.subdistrict_id, room.entrance.building.grid_path))
    if set(facts) - FACTS:
        raise KeyError(f"no such fact: {', '.join(sorted(set(facts) - FACTS))}")
    home = have_home(room, source, by, now)
    if version is not None and home.version != version:
        raise CannotDescribe(_("Somebody else has changed this home meanwhile. Please look at it again."))
    if facts.get("use") and facts["use"] not in codes.tables()["home_use"]:
        raise CannotDescribe(_("Choose a use from the list."))
    if facts.get("area") is not None and not 0 < facts["area"] <= LARGEST:
        raise CannotDescribe(_("The area is not possible."))
    different = {name: value for name, value in facts.items() if getattr(home, name) != value}
    if not different:
        raise CannotDescribe(_("Nothing is different from what is on record."))

    for name, value in different.items():
        setattr(home, name, value)
    home.version += 1
    home.save(update_fields=[*different, "version"])
    log.record("people.home_described", home, by=by, at=now, facts=sorted(different))
    return home
