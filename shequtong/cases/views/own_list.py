"""How somebody has their list of cases (我的列表): filters under a name, and the columns of the queue."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shequtong.access.gates import for_staff
from shequtong.access.request import ActorRequest
from shequtong.cases import permissions, usecases
from shequtong.cases.models import OwnList
from shequtong.cases.usecases.choose_columns import COLUMNS, MORE_COLUMNS
from shequtong.cases.usecases.save_filter import LONGEST_NAME, MOST
from shequtong.core.refusals import Refusal
from shequtong.core.submissions import once

_FILTERS = ("stage", "light", "cls", "station", "under", "mine", "waits", "reach")  # of the queue's address


def _mine(request: ActorRequest) -> OwnList:
    rows = OwnList.objects.filter(subdistrict=request.actor.home, account_id=request.actor.account_id or 0)
    return rows.first() or OwnList(filters=[], hidden=[], added=[])


def _query(text: str) -> str:
    """The filters of an address, in one order; whatever else it says is left out."""
    told = dict(parse_qsl(text[:1000]))
    return urlencode([(name, told[name]) for name in _FILTERS if told.get(name)])


def own_columns(request: ActorRequest) -> tuple[list[str], list[str]]:
    """The columns one leaves out of the queue, and those one puts to it. One statement."""
    mine = _mine(request)
    return list(mine.hidden), list(mine.added)


def own_list_shown(request: ActorRequest) -> dict[str, Any]:
    """For the queue: one's filters, the one that is chosen marked, what could be kept as another, and the columns. One statement."""
    mine, here = _mine(request), _query(request.GET.urlencode())
    address = reverse("cases:desk-mine")
    filters = [{**one, "active": one["query"] == here} for one in mine.filters]
    return {
        "own_filters": filters,
        "own_url": f"{address}?{urlencode({'query': here})}" if here else address,
        "keep_query": "" if any(one["active"] for one in filters) or len(filters) >= MOST else here,
        "longest_name": LONGEST_NAME,
        "hide": mine.hidden,
        "added": mine.added,
    }


@require_http_methods(["GET", "POST"])
@for_staff(permissions.VIEW, permissions.VIEW_HEADER)
def desk_mine(request: ActorRequest) -> HttpResponse:
    """Save what is filtered now, remove what was saved, choose the columns. Three statements to look."""
    query, refused = _query(request.POST.get("query") or request.GET.get("query", "")), ""
    if request.method == "POST":
        queue = reverse("cases:desk-queue") + (f"?{query}" if query else "")
        back = reverse("cases:desk-mine") if request.POST.get("remove") else queue
        try:
            return once(request, lambda: _changed(request, query, back), place=request.actor.home, answer=back)
        except Refusal as refusal:
            refused = str(refusal)
    mine = _mine(request)
    context = {
        "filters": mine.filters,
        "columns": _columns(mine),
        "query": query,
        "refused": refused,
        "name": request.POST.get("name", "")[:LONGEST_NAME],
        "longest": LONGEST_NAME,
        "most": MOST,
    }
    return render(request, "cases/desk/mine.html", context, status=422 if refused else 200)


def _columns(mine: OwnList) -> list[dict[str, Any]]:
    """All that may stand in the list, and whether it does."""
    names = {
        "class": _("Class"),
        "place": _("Place"),
        "station": _("Station"),
        "stage": _("Stage"),
        "due": _("Due"),
        "channel": _("How it came"),
        "received": _("Taken in"),
        "days": _("Days left"),
        "person": _("Person charged"),
    }
    there = [code for code in COLUMNS if code not in mine.hidden] + mine.added
    return [{"code": code, "name": names[code], "shown": code in there} for code in (*COLUMNS, *MORE_COLUMNS)]


def _changed(request: ActorRequest, query: str, back: str) -> str:
    """Make the one change that was asked for; where to go then."""
    now, told = timezone.now(), request.POST
    if told.get("remove"):
        usecases.remove_filter(name=told["remove"], by=request.actor, now=now)
    elif told.get("do") == "columns":
        usecases.choose_columns(shown=told.getlist("column"), by=request.actor, now=now)
    else:
        usecases.save_filter(name=told.get("name", ""), query=query, by=request.actor, now=now)
    return back
