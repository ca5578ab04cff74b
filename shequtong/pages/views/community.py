"""My community (我的社区): found from where the telephone is, from an address, or taken from the list; remembered on this device alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from shequtong.cases.chosen_place import chosen_place, served
from shequtong.pages.contacts import near
from shequtong.pages.my_community import COOKIE, communities, community_at, my_community
from shequtong.territory.address import search_buildings
from shequtong.territory.units import UnitRef
from shequtong.ui.display import YEAR

_FOUND, _LISTED = 10, 60  # places shown; with more communities than that the list is no help


@require_GET
def community(request: HttpRequest) -> HttpResponse:
    """Choose it, or give it up again. A GET: it changes nothing but what is shown here. Two statements at most, for a search."""
    asked = request.GET
    answer = HttpResponseRedirect(reverse("pages:home"))
    if "forget" in asked:
        answer.delete_cookie(COOKIE, samesite="Lax")
        return answer
    found = _chosen(request)
    if found is not None:
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(COOKIE, found.path, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
        return answer
    refused = any(asked.get(name) for name in ("building", "lon", "unit"))
    q = asked.get("q", "").replace("\x00", "").strip()[:60]
    all_of_them, mine = communities(), my_community(request)
    context = {
        "q": q,
        "matches": search_buildings(q, served(), limit=_FOUND) if q else [],
        "refused": refused,
        "mine": mine,
        "contacts": near(mine) if mine else [],
        "communities": all_of_them if len(all_of_them) <= _LISTED else [],
    }
    return render(request, "pages/resident/community.html", context, status=422 if refused else 200)


def _chosen(request: HttpRequest) -> UnitRef | None:
    """The community that a building, a point or a unit of the address names."""
    if path := request.GET.get("unit", "")[:200]:
        found = community_at(path)
        return found if found is not None and found.path == path else None
    chosen = chosen_place(request.GET)
    spot = chosen.spot() if chosen else None
    return community_at(spot.path) if spot else None
