"""Residents' pages as an app on a home screen (安装到桌面): what it is called, its worker, and the page without a network."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from shequtong.pages.place import platform_place
from shequtong.ui import manifest

_ICONS = (
    ("emblem-192.png", "192x192", "any"),
    ("emblem-512.png", "512x512", "any"),
    ("emblem-maskable.png", "512x512", "maskable"),
)


@require_safe
@cache_control(max_age=3600)
def app(request: HttpRequest) -> HttpResponse:
    """Name, icons, colours, first page and short ways. No statement."""
    name = _("Shequtong")
    short = (
        (_("Tell us"), reverse("cases:report")),
        (_("Find a matter"), reverse("cases:find")),
        (_("My matters"), reverse("cases:mine")),
    )
    told = {
        "id": "/",
        "name": f"{name} {platform_place()}".strip(),
        "short_name": name,
        "lang": "zh-CN" if get_language() == "zh-hans" else get_language(),
        "start_url": reverse("pages:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": "#1f4f8f",
        "background_color": "#f8f7f4",
        "icons": [
            {"src": manifest.drawing(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in _ICONS
        ],
        "shortcuts": [{"name": label, "url": url} for label, url in short],
    }
    return JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The built worker at the root, for it serves what lies beside and below itself. No statement."""
    source = manifest.source("worker")
    if not source:
        raise Http404
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows without a network: nothing of anybody. No statement."""
    return render(request, "pages/resident/offline.html")
