"""The gate to one's own pages (本人门禁): who is not signed in goes to the sign-in page and comes back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url

from shequtong.access.request import ActorRequest

View = Callable[..., HttpResponse]


def for_signed_in(view: View) -> View:
    """Let through whoever is signed in; what is theirs is the view's to say."""

    @wraps(view)
    def gated(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_signed_in:
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return gated
