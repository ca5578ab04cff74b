"""The door of the open interface (开放接口入口): format, key, how often, errors, and the mark for who asks again."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from shequtong.accounts.addresses import address_of
from shequtong.audit import security
from shequtong.core.refusals import Refusal
from shequtong.interchange import rates, wire
from shequtong.interchange.requests_asked import Wrong
from shequtong.interchange.systems import SystemRef, system_of

ANYBODY_PER_MINUTE = 120  # calls without a key, by network address

View = Callable[..., bytes]


def georeport(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """What every call has in common: its format, its key, how often it comes, its errors, its mark for who asks again."""

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt  # no session is read: who may send says so by a key
        @sensitive_post_parameters()
        @wraps(view)
        def called(request: HttpRequest, fmt: str = "xml", **named: str) -> HttpResponse:
            try:
                if fmt not in wire.CONTENT_TYPES:
                    raise Wrong(400, _("Ask for .xml or .json."))
                if request.method not in (*methods, "HEAD"):
                    answer = _errors(fmt, 405, _("This address takes %(methods)s.") % {"methods": ", ".join(methods)})
                    answer["Allow"] = ", ".join(methods)
                    return answer
                system = _system(request)
                wait = rates.wait_for(*_counted(request, system))
                if wait:
                    return _later(fmt, wait)
                body = view(request, fmt, system, **named)
            except Wrong as wrong:
                return _errors(fmt, wrong.code, str(wrong))
            except Later as later:
                return _later(fmt, later.seconds)
            except Refusal as refusal:
                return _errors(fmt, 400, str(refusal))
            except (BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError, UnicodeError):
                return _errors(fmt, 400, _("The request cannot be read: it is too large, or not a form in UTF-8."))
            return _answered(request, fmt, body, system)

        return called

    return wrap


class Later(Exception):
    """Too many were sent; `seconds` until the next may be."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def _answered(request: HttpRequest, fmt: str, body: bytes, system: SystemRef | None) -> HttpResponse:
    answer = HttpResponse(body, content_type=wire.CONTENT_TYPES[fmt])
    patch_vary_headers(answer, ["Accept-Language"])
    if request.method == "POST":
        answer["Cache-Control"] = "no-store"
        return answer
    answer["Cache-Control"] = "private, no-cache" if system else "public, no-cache"  # kept, but asked about each time
    answer["Access-Control-Allow-Origin"] = "*"  # what anybody may read, any page may
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["ETag"] = etag
    conditional: HttpResponse | None = get_conditional_response(request, etag=etag, response=answer)
    return conditional or answer


def _errors(fmt: str, code: int, words: str) -> HttpResponse:
    fmt = fmt if fmt in wire.CONTENT_TYPES else "xml"
    body = wire.items_as(fmt, "errors", "error", [{"code": code, "description": words}])
    answer = HttpResponse(body, status=code, content_type=wire.CONTENT_TYPES[fmt])
    answer["Cache-Control"] = "no-store"
    return answer


def _later(fmt: str, seconds: int) -> HttpResponse:
    answer = _errors(fmt, 429, _("Too many calls. Please wait %(seconds)d seconds.") % {"seconds": seconds})
    answer["Retry-After"] = str(seconds)
    return answer


def said(request: HttpRequest, name: str) -> str:
    """A parameter of the form, else of the address; an empty one is none."""
    return (request.POST.get(name, "") if request.method == "POST" else "").strip() or request.GET.get(name, "").strip()


def _system(request: HttpRequest) -> SystemRef | None:
    """Whose key came with the call; 403 for a key that opens nothing, which is noted."""
    key = said(request, "api_key")
    if not key:
        return None
    found = system_of(key, timezone.localdate())
    if found is None:
        if not rates.wait_for(f"refused {address_of(request)}", ANYBODY_PER_MINUTE):
            security.note("refused", what="interchange.open311", reason="api_key", address=address_of(request))
        raise Wrong(403, _("Invalid api_key received -- can't proceed."))
    return found


def _counted(request: HttpRequest, system: SystemRef | None) -> tuple[str, int]:
    return (system.source, system.per_minute) if system else (address_of(request), ANYBODY_PER_MINUTE)
