"""Settled on the spot by the typed API (自行处置接口): found, settled and reported in one call, as the form of the desk; somebody else reviews it."""

from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Router, Status
from pydantic import Field, StringConstraints

from shequtong.cases import permissions
from shequtong.cases.models import Case, Step
from shequtong.cases.usecases import NewCase, self_handle
from shequtong.interchange.views.api.cases import point_of, refuse_elsewhere
from shequtong.interchange.views.api.door import KeyRequest
from shequtong.interchange.views.api.errors import Problem, field
from shequtong.interchange.views.api.once import Key, claim_of, made, once
from shequtong.interchange.views.api.schemas import PLAIN, Code, Id, Made, Photos, Reason, Reference, Short, Strict

router = Router()


class SettledNew(Strict):
    """What somebody of yours found and settled on the spot. The place is a point or a building."""

    class_code: Code
    text: Annotated[str, StringConstraints(min_length=4, max_length=5000, pattern=PLAIN)] = Field(description="What was found.")
    done: Reason = Field(description="What was done about it.")
    after: Annotated[list[Id], Field(min_length=1, max_length=6, description="Photos of the place after it, by their ids.")]
    photos: Photos
    lon: float | None = Field(None, ge=-180, le=180, description="WGS 84, as CGCS2000.")
    lat: float | None = Field(None, ge=-90, le=90)
    building: Id | None = None
    address: Short = Field("", description="In words, beside a point.")
    reference: Reference = ""


@router.post("cases/self_handle", response={201: Made}, tags=["moves"], operation_id="self_handle")
def settle(
    request: KeyRequest, told: SettledNew, idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")]
) -> Status[Any]:
    """Report what was settled on the spot, with the right `move` and a post that may. `photos` were taken before, `after` after it.

    It waits for its review by somebody else; who made it never reviews it. `reference` is as of `create_case`. At most twelve statements.
    """
    by, now = request.actor, timezone.now()
    if not by.may(permissions.SELF_HANDLE):
        raise Problem(404)
    new = _new(told, by.system.source, claim_of(by))

    def perform() -> Made:
        refuse_elsewhere(by, new.building_id, new.point)
        case = self_handle(new=new, done=told.done, after=tuple(int(one) for one in told.after), by=by, now=now)
        _refuse_another(case)
        return made(case, now)

    return Status(201, once(request, idempotency_key, told, by.home, perform))


def _new(told: SettledNew, source: str, claim: str) -> NewCase:
    return NewCase(
        class_code=told.class_code,
        text=told.text,
        channel=Case.Channel.STAFF,
        building_id=int(told.building) if told.building else None,
        point=point_of(told.lon, told.lat, told.building),
        address=told.address,
        photos=tuple(int(one) for one in told.photos),
        claim=claim,
        source=source,
        source_ref=told.reference,
    )


def _refuse_another(case: Case) -> None:
    """A reference that names a case somebody else shall settle: "made" would be said of what was not reported. One statement for such a one."""
    if not case.self_handled and not Step.objects.filter(case=case, number=1, move="self_handle").exists():
        words = _("This reference names a case that was not settled on the spot: report what you did as its move.")
        raise Problem(409, "reference_taken", words, [field("reference", "taken", words)])
