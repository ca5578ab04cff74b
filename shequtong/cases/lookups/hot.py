"""The hot issues that stand (现有热点): of the ground a post sees whole, and of a board's ground. One statement each."""

from shequtong.cases import permissions
from shequtong.cases.lookups.board import Ground
from shequtong.cases.models import HotIssue, HotLook
from shequtong.core.actors import Actor, subtree

MOST = 50


def sees_ground(actor: Actor) -> bool:
    """Whether the post in use sees any ground whole: a station sees its own cases, not a place's. No statement."""
    reach = actor.reach(permissions.VIEW).of_post
    return reach.everything or any(grant.station is None for grant in reach.grants)


def issues_of(actor: Actor) -> list[HotIssue]:
    """Those within reach, the least likely first."""
    return list(HotIssue.objects.within_reach(actor, permissions.VIEW).standing()[:MOST])


def issues_on(ground: Ground, most: int) -> list[HotIssue]:
    """Those of a board's ground."""
    first, end = subtree(ground.path)
    return list(HotIssue.objects.within(*ground.subdistricts).standing().filter(place_path__gte=first, place_path__lt=end)[:most])


def looked_at(actor: Actor) -> HotLook | None:
    """When it was looked for last, in the streets of the post."""
    streets = actor.reach(permissions.VIEW).of_post.subdistricts
    return HotLook.objects.filter(subdistrict__in=streets).order_by("looked_at").first() if streets else None
