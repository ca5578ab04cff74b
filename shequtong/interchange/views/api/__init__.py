"""The typed API `/api/v1/` (类型化接口): django-ninja reads and checks what comes and goes; the door and the addresses are ours."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from shequtong.accounts.addresses import address_of
from shequtong.audit import security
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.interchange.views.api import cases, errors, moving, notes, photos, reference, settled
from shequtong.interchange.views.api.document import document_of, unknown_parameters
from shequtong.interchange.views.api.door import typed
from shequtong.interchange.views.api.errors import Problem
from shequtong.interchange.views.api.moves import VERBS

logger = logging.getLogger(__name__)
api = NinjaAPI(title="Shequtong", version="1", urls_namespace="typed-api", docs_url=None, openapi_url=None)
api.add_router("", cases.router)
api.add_router("", moving.router)
api.add_router("", notes.router)
api.add_router("", photos.router)
api.add_router("", reference.router)
api.add_router("", settled.router)
_VIEWS: dict[str, Callable[..., Any]] = {
    str(pattern.pattern): pattern.callback for pattern in api.urls[0] if pattern.callback is not None
}


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return errors.answer(problem.status, problem.code, problem.message, problem.fields, problem.wait)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return errors.of_validation(error.errors)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return errors.answer(error.status_code if error.status_code in errors.DEFAULTS else 400)


@api.exception_handler(Refusal)
def _refused(_request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return errors.answer(409, type(refusal).__name__, str(refusal))


@api.exception_handler(Forbidden)
def _forbidden(request: Any, forbidden: Forbidden) -> HttpResponse:
    security.note(
        "refused",
        what=forbidden.permission,
        by=request.actor,
        subdistrict_id=request.actor.home,
        object_kind=forbidden.object_kind,
        object_id=forbidden.object_id,
        address=address_of(request),
        facts={"method": request.method, "view": "interchange:api"},
    )
    return errors.answer(404)


@api.exception_handler(Http404)
def _absent(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return errors.answer(404)


def _of(route: str, *methods: str, takes: str = "application/json") -> Callable[..., HttpResponse]:
    """The operations at a path of the document, behind the door."""

    def operations(request: HttpRequest, **named: str) -> HttpResponse:
        if unknown := unknown_parameters(document(), request, route):
            wrong = [errors.field(name, "extra_forbidden", errors.words({"type": "extra_forbidden"})) for name in unknown]
            raise Problem(422, fields=wrong)
        found: HttpResponse = _VIEWS[_path(route)](request, **named)
        if route.endswith("/reporter"):  # each look is one look: nothing of it is kept
            found["Cache-Control"] = "no-store"
        return found

    return typed(operations, *(methods or ("GET",)), takes=takes)


def _path(route: str) -> str:
    return route.replace("{", "<").replace("}", ">")


def document() -> dict[str, Any]:
    """The OpenAPI document, made once a process."""
    return document_of(api)


cases_view = _of("cases", "GET", "POST")
settle_view = _of("cases/self_handle", "POST")
case_view = _of("cases/{number}")
reporter_view = _of("cases/{number}/reporter")
moves_view = _of("cases/{number}/moves")
notes_view = _of("cases/{number}/notes", "GET", "POST")
send_photo_view = _of("photos", "POST", takes="multipart/form-data")
photos_view, photo_view = _of("cases/{number}/photos"), _of("cases/{number}/photos/{photo_id}")
standards_view, standard_view = _of("standards"), _of("standards/{code}")
units_view, unit_view = _of("units"), _of("units/{code}")
stations_view, station_view = _of("stations"), _of("stations/{station_id}")
people_view = _of("stations/{station_id}/people")
_MOVES = {verb: _of(f"cases/{{number}}/moves/{verb}", "POST") for verb in VERBS}


@csrf_exempt  # as every address behind the door
def move_view(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """A move by its verb; one that is none of ours is not there."""
    return _MOVES[verb](request, number=number) if verb in _MOVES else nothing(request)


def _nothing(_request: HttpRequest, **_named: str) -> HttpResponse:
    raise Problem(404)


def _openapi(_request: HttpRequest) -> HttpResponse:
    """The document, for anybody: it tells of no case. No statement."""
    answer = JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


nothing = typed(_nothing)
openapi = typed(_openapi, "GET", key=False)
