"""After each request, security rows that were noted inside its transaction go to the table, whether it was committed or rolled back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse  # noqa: TID251  # a middleware answers

from shequtong.audit.security import flush


class SecurityLogMiddleware:
    """Stands outside every transaction of a request. Costs nothing when nothing waits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            flush()
