"""The product's addresses and the floor: a bare view doing one INSERT, which no page that writes can be quicker than."""

from django.db import connection
from django.http import HttpRequest, HttpResponse  # noqa: TID251  # the floor is a view
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from shequtong.config.urls import handler400, handler403, handler404, handler500
from shequtong.config.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@csrf_exempt
def floor(request: HttpRequest) -> HttpResponse:
    """One row, committed by itself: on disk before it is answered."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_floor (note) VALUES (%s)", ["x" * 100])
    return HttpResponse("ok")


urlpatterns = [path("bench/floor/", floor), *product]
