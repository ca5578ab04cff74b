"""Take in a request of another system (接收外部诉求): Open311's way into the one entry of all cases."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import screening
from shequtong.cases.models import Case, Reporter
from shequtong.cases.places import find_spot
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.cases.usecases.open_case import CannotOpen
from shequtong.core.actors import Actor
from shequtong.core.turns import take_turn
from shequtong.interchange.systems import SystemRef

# Without its own `atomic`: `take_request` is the one transaction, and a savepoint would be two statements.
_OPEN: Callable[..., Case] = inspect.unwrap(open_case)


@dataclass(frozen=True)
class NewRequest:
    """What another system tells. The place is a building or a point; `ref` is its own mark of this request, "" for none."""

    class_code: str
    text: str
    building_id: int | None = None
    point: tuple[float, float] | None = None  # lon, lat
    address: str = ""  # in words, beside a point
    name: str = ""
    phone: str = ""  # normalised
    ref: str = ""
    photos: tuple[int, ...] = field(default_factory=tuple)
    claim: str = ""


@transaction.atomic
def take_request(*, new: NewRequest, system: SystemRef, by: Actor, now: datetime) -> Case:
    """The case; the same `ref` of the same system twice is one case. Raises CannotOpen.

    Of a key of several subdistricts it is looked for in all of them: one statement more, two on PostgreSQL. It is held for screening when the system's key says so, or its words ask for it. Costs what `open_case` costs.
    """
    spot = find_spot(new.building_id, new.point, "", "")
    if spot is not None and not spot.path.startswith(system.path):
        raise CannotOpen(_("This key does not serve that place."))
    if new.ref and len(system.streets) > 1:
        # A key of a district: the same reference with another place is the same matter, though it lies in another subdistrict.
        # No constraint reaches over two subdistricts; of two calls at once the second waits here and finds what the first took in.
        take_turn("reference", f"{system.source}/{new.ref}")
        there = Case.objects.told_by(system.streets, system.source, new.ref).first()
        if there is not None:
            return there
    held = (["system"] if system.screened else []) + screening.reasons(new.text, new.phone)
    reporter = NewReporter(name=new.name, phone=new.phone, consent=Reporter.Consent.SYSTEM if new.name or new.phone else "")
    return _OPEN(
        new=NewCase(
            class_code=new.class_code,
            text=new.text,
            channel=Case.Channel.SYSTEM,
            building_id=new.building_id,
            point=new.point,
            address=new.address,
            reporter=reporter,
            photos=new.photos,
            claim=new.claim,
            source=system.source,
            source_ref=new.ref,
            held=tuple(held),
        ),
        by=by,
        now=now,
    )
