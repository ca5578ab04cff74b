"""The gate to a person or a door (登记门禁): what is not within reach is not there."""

from django.http import Http404  # noqa: TID251  # a gate answers in place of its view

from shequtong.access.request import ActorRequest
from shequtong.core.actors import Facts
from shequtong.people.models import Person
from shequtong.territory.models import Building, Room


def person_or_404(request: ActorRequest, person_id: int, permission: str) -> Person:
    """The person within reach, closed rows too, with home. One statement."""
    rows = Person.objects.filter(pk=person_id).within_reach(request.actor, permission)
    found = rows.select_related("room__entrance__building__compound").first()
    if found is None:
        raise Http404
    return found


def room_or_404(request: ActorRequest, room_id: int, permission: str) -> Room:
    """The room within reach, with its building and compound. One statement."""
    found = Room.objects.filter(pk=room_id).select_related("entrance__building__compound").first()
    if found is None or not covers(request, permission, found.entrance.building):
        raise Http404
    return found


def building_or_404(request: ActorRequest, building_id: int, permission: str) -> Building:
    """The building within reach, with its compound. One statement."""
    found = Building.objects.filter(pk=building_id).select_related("compound").defer("footprint").first()
    if found is None or not covers(request, permission, found):
        raise Http404
    return found


def covers(request: ActorRequest, permission: str, building: Building) -> bool:
    """Whether a building lies within the reach of the post in use."""
    return request.actor.reach(permission).of_post.covers(
        Facts(building.subdistrict_id, building.grid_path, object_id=building.pk)
    )
