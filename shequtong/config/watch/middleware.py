"""The outermost door (请求记录): gives each request its number, counts and times it, and answers whoever watches before anything else is asked.

The watchers' addresses are answered here: no host name, HTTPS, session or security log is in their way. Costs no statement.
"""

import logging
import secrets
import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse  # noqa: TID251  # a middleware answers

from shequtong.config.watch import measures, views
from shequtong.config.watch.records import REQUEST

logger = logging.getLogger("shequtong.requests")
WATCHERS: Final = {"/healthz": views.healthz, "/readyz": views.readyz, "/metrics": views.metrics}
_NOT_COUNTED: Final = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class _Counting:
    """How many statements a request sent, transaction control left out."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not sql.startswith(_NOT_COUNTED):
            self.total += 1
        return execute(sql, params, many, context)


class WatchMiddleware:
    """Stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (answer := WATCHERS.get(request.path_info)) is not None:
            return answer(request)
        number = secrets.token_hex(4).upper()
        request.request_id = number  # type: ignore[attr-defined]  # shown by the error pages, sent as X-Request-Id
        token, began, counting = REQUEST.set(number), time.perf_counter(), _Counting()
        try:
            with connection.execute_wrapper(counting):
                response = self._get_response(request)
            note(request, response.status_code, time.perf_counter() - began, counting.total)
            return response
        finally:
            REQUEST.reset(token)


def note(request: HttpRequest, status: int, seconds: float, statements: int) -> None:
    """Count it, and write its line. The account is told by its bare number, and only when somebody asked for it anyway."""
    route = route_of(request)
    try:
        measures.answered(route, request.method or "", status, seconds, statements)
    except (
        Exception
    ) as error:  # whatever is wrong with the counts (a damaged file, a full disk): the deed is done and is answered
        _not_counted(type(error).__name__)
    if settings.LOG_REQUESTS and route != "static":
        known = getattr(request, "_cached_user", None)
        more = {"account": known.pk} if known is not None and known.pk else {}
        line = {
            "route": route,
            "method": request.method,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "statements": statements,
        }
        logger.info("answered", extra=line | more)


@cache
def _not_counted(kind: str) -> None:
    """Said once a process."""
    logger.error("requests are not counted: %s", kind)


def route_of(request: HttpRequest) -> str:
    """The name of the address, never the address: those are few, and hold no number, key or question."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
