"""Pages that exist in the tests of the middleware only."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from shequtong.access.request import ActorRequest
from shequtong.core.refusals import Forbidden, Refusal


def forbidden(request: HttpRequest) -> HttpResponse:
    """What a use-case does without the right."""
    raise Forbidden("cases.dispatch", "cases.Case", 7)


def absent(request: HttpRequest) -> HttpResponse:
    """What a look-up does without a row."""
    raise Http404


def refused(request: HttpRequest) -> HttpResponse:
    """What a use-case does when a rule says no and the view has no form to say it on."""
    raise Refusal("The case is closed <b>already</b>.")


def who(request: ActorRequest) -> HttpResponse:
    """Asks all that a page may ask of its actor."""
    actor = request.actor
    actor.may("cases.view")
    actor.reach("cases.view")
    actor.reach("cases.view_header")
    return HttpResponse(f"{actor.name}|{actor.post}|{actor.home}")


def nobody_asked(request: ActorRequest) -> HttpResponse:
    """Needs no actor."""
    return HttpResponse("fine")


urlpatterns = [
    path("forbidden/", forbidden, name="forbidden"),
    path("absent/", absent),
    path("refused/", refused),
    path("who/", who),
    path("nobody-asked/", nobody_asked),
    path("", include("shequtong.config.urls")),
]
handler404 = "shequtong.ui.views.not_found"
