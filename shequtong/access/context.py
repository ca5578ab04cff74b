"""What every page knows of who acts (页面上下文): their name and post in the header, and the posts to choose from. Costs nothing until shown."""

from django.http import HttpRequest  # noqa: TID251  # a context processor gets one
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.request import APPOINTMENT


def actor(request: HttpRequest) -> dict[str, object]:
    """`actor`, `appointments` (its posts), and `desk_me` as `ui/layouts/desk.html` wants it. Lazy: no statement of its own."""
    acting: AccountActor | AnonymousActor | None = getattr(request, "actor", None)
    if acting is None:
        return {}
    return {
        "actor": acting,
        "appointments": SimpleLazyObject(lambda: acting.posts),
        "desk_me": SimpleLazyObject(lambda: desk_me(acting)),
    }


def desk_me(acting: AccountActor | AnonymousActor) -> dict[str, object]:
    """Who works at this desk. {} when nobody is signed in."""
    if not acting.is_signed_in:
        return {}
    post = acting.in_use
    choices = [{"label": one.label, "value": str(one.appointment_id), "active": one is post} for one in acting.posts]
    return {
        "name": acting.name,
        "post": str(post.role.label) if post else "",
        "place": post.place if post else "",
        "choices": choices if len(choices) > 1 else [],
        "switch_url": reverse("access:switch"),
        "account_url": reverse("accounts:account"),
        "sign_out_url": reverse("accounts:sign-out"),
        "field": APPOINTMENT,
    }
