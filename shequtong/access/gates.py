"""Gates in front of staff pages (工作台门禁): who is not signed in goes to the sign-in page, who has no right finds nothing there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect  # noqa: TID251  # a gate answers in place of its view
from django.http.response import HttpResponseBase  # noqa: TID251  # the same
from django.shortcuts import resolve_url  # noqa: TID251  # the same

from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Forbidden

View = Callable[..., HttpResponseBase]


def for_staff(*permissions: str) -> Callable[[View], View]:
    """Let through whoever holds one of `permissions` through the post in use; the view still asks the reach of its object.

    With none named, whoever has a post: for what is one's own.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def gated(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = request.actor
            if not person.is_signed_in:
                return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
            post = person.in_use
            if post is None or (permissions and not any(post.role.scopes_of(permission) for permission in permissions)):
                raise Forbidden(permissions[0] if permissions else "access.desk")
            return view(request, *args, **kwargs)

        return cast(View, gated)

    return wrap
