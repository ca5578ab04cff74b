"""The door of the typed API (类型化接口入口): method, key, how often, what comes in, errors, and the mark for who asks again."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from shequtong.accounts.addresses import address_of
from shequtong.audit import security
from shequtong.core.tally import Per, count
from shequtong.interchange import rates
from shequtong.interchange.actor import KeyActor, actor_of
from shequtong.interchange.systems import SystemRef, system_of
from shequtong.interchange.views.api import errors
from shequtong.interchange.views.api.errors import Problem

ANYBODY_PER_MINUTE = 120  # calls without a key that counts, by network address
BUSY = 5  # seconds: Retry-After of a database that cannot be reached
View = Callable[..., HttpResponseBase]
logger = logging.getLogger(__name__)


class KeyRequest(HttpRequest):
    """A call whose key was read."""

    actor: KeyActor


def typed(view: View, *methods: str, key: bool = True, takes: str = "application/json") -> Callable[..., HttpResponse]:
    """What every call has in common. `view` takes the request, whose `actor` is the system, and answers JSON; any method where none is named.

    `takes` is what a write must be sent as.
    """

    @csrf_exempt  # no session is read: who may send says so by a key
    @wraps(view)
    def called(request: HttpRequest, **named: str) -> HttpResponse:
        if methods and request.method not in (*methods, *(["HEAD"] if "GET" in methods else [])):
            refused = errors.answer(405)
            refused["Allow"] = ", ".join(methods)
            return refused
        try:
            return _answered(request, _inside(request, view, named, takes) if key else view(request, **named))
        except Problem as problem:
            return errors.answer(problem.status, problem.code, problem.message, problem.fields, problem.wait)
        except RequestDataTooBig:
            return errors.answer(413)
        except (BadRequest, TooManyFieldsSent, UnicodeError):
            return errors.answer(400)
        except (OperationalError, InterfaceError):
            logger.exception("the typed API could not reach the database")
            return errors.answer(503, wait=BUSY)

    return called


def _inside(request: HttpRequest, view: View, named: dict[str, str], takes: str) -> HttpResponseBase:
    system = _system(request)
    if wait := rates.wait_for(f"api {system.source}", system.per_minute):
        raise Problem(429, wait=wait)
    writes = request.method not in ("GET", "HEAD")
    if writes and request.content_type != takes:
        raise Problem(415, message="" if takes == "application/json" else errors.AS_FILE)
    if writes:
        # Too large is told before anything is done.
        _ = request.body if takes == "application/json" else request.FILES
        now = timezone.now()
        if count("api", system.source, per=Per.MINUTE, now=now) > system.per_minute:
            raise Problem(429, wait=60 - now.second)
    request.actor = actor_of(system)  # type: ignore[attr-defined]  # KeyRequest, for views
    method, request.method = request.method, "GET" if request.method == "HEAD" else request.method
    try:
        return view(request, **named)
    finally:
        request.method = method


def _system(request: HttpRequest) -> SystemRef:
    """Whose key came; 401 for none that counts. A key that opens nothing is noted."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    key = key.strip() if scheme.lower() == "bearer" else ""
    found = system_of(key, timezone.localdate())
    if found is not None and found.rights:
        return found
    address = address_of(request)
    if wait := rates.wait_for(f"api {address}", ANYBODY_PER_MINUTE):
        raise Problem(429, wait=wait)
    if key:
        security.note("refused", what="interchange.api", reason="key", address=address)
    raise Problem(401)


def _answered(request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    assert isinstance(answer, HttpResponse)  # nothing streams here
    patch_vary_headers(answer, ["Accept-Language", "Authorization"])
    if request.method not in ("GET", "HEAD") or answer.status_code != 200 or answer.has_header("Cache-Control"):
        answer.setdefault("Cache-Control", "no-store")
        return answer
    answer["Cache-Control"] = "private, no-cache"  # kept, but asked about each time
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = etag
    conditional: HttpResponse | None = get_conditional_response(request, etag=etag, response=answer)
    return conditional or answer
