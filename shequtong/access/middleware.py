"""Who is asking (行为人中间件), and what a "no" looks like: Forbidden as an absent page, Refusal as plain words."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse  # noqa: TID251  # a middleware answers
from django.shortcuts import render  # noqa: TID251  # a middleware answers
from django.urls import get_resolver, get_urlconf
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.posts import Post, posts_of
from shequtong.access.request import APPOINTMENT, HELD
from shequtong.accounts.addresses import address_of
from shequtong.audit import security
from shequtong.core.refusals import Forbidden, Refusal


def build_actor(request: HttpRequest) -> AccountActor | AnonymousActor:
    """The actor of a request. Statements: the session and the account, shared with everything else; none for the posts when warm."""
    held = frozenset(int(found) for found in request.session.get(HELD, []))
    user = request.user
    if not user.is_authenticated:
        return AnonymousActor(held=held)
    posts = posts_of(user.pk, timezone.localdate()) if user.is_staff_member else ()
    chosen = request.session.get(APPOINTMENT)
    in_use: Post | None = next((post for post in posts if str(post.appointment_id) == chosen), posts[0] if posts else None)
    return AccountActor(account_id=user.pk, name=str(user), in_use=in_use, posts=posts, held=held)


class ActorMiddleware:
    """Sets `request.actor`, built when first asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: build_actor(request))  # type: ignore[attr-defined]  # ActorRequest, for views
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Runs after the view's transactions are rolled back, so that what is noted here stays."""
        if isinstance(exception, Forbidden):
            _note_refused(request, exception)
            return absent(request)
        if isinstance(exception, Refusal):
            return render(request, "access/refused.html", {"why": str(exception)}, status=422)
        return None


def absent(request: HttpRequest) -> HttpResponse:
    """The page of an address that does not exist, made the way Django makes it."""
    handler: Callable[..., HttpResponse] = get_resolver(get_urlconf()).resolve_error_handler(404)
    return handler(request, exception=Http404())


def _note_refused(request: HttpRequest, refused: Forbidden) -> None:
    actor: AccountActor | AnonymousActor = request.actor  # type: ignore[attr-defined]  # as above
    security.note(
        "refused",
        what=refused.permission,
        by=actor,
        subdistrict_id=actor.home,
        object_kind=refused.object_kind,
        object_id=refused.object_id,
        address=address_of(request),
        facts={"method": request.method, "view": request.resolver_match.view_name if request.resolver_match else ""},
    )
