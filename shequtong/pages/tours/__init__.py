"""The first day of each role (上手引导): five steps, each with the page it is about; steps whose page a post may not open are left out.

Where somebody stands is kept with their account (`accounts.keep_guide`) and read with it, so a page pays no statement for its tour.
"""

from shequtong.access.posts import Post
from shequtong.pages.tours.roles import TOURS
from shequtong.pages.tours.step import Place, Step

__all__ = ["TOURS", "Place", "Step", "tour_of"]


def tour_of(post: Post) -> tuple[Step, ...]:
    """The steps for the holder of a post, as its street has its role. No statement."""
    return tuple(step for step in TOURS.get(post.role.code, ()) if may_open(post, step.place))


def may_open(post: Post, place: Place) -> bool:
    """Whether a page of the tour opens for this post."""
    return not place.needs or any(post.role.scopes_of(permission) for permission in place.needs)
