"""What the address of the queue and of its map asks for (列表与地图的筛选): how far it reaches, and the filters."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from shequtong.access.request import ActorRequest
from shequtong.cases import permissions
from shequtong.cases.exports import may_export
from shequtong.cases.forms.filters import WHOLE, FilterForm
from shequtong.cases.lookups import Filters, open_by_stage
from shequtong.cases.views.export import filter_form
from shequtong.cases.workflow import Stage

_KEPT_ON_THE_WAY = ("stage", "light", "cls", "view")  # stations and places are others in the wider reach


@dataclass(frozen=True)
class QueueAsked:
    """`wide`: headers of all that may be seen as headers; `full`: whether the post sees any case in full."""

    wide: bool
    full: bool
    form: FilterForm
    filters: Filters

    @property
    def permission(self) -> str:
        """By which right the cases are seen."""
        return permissions.VIEW_HEADER if self.wide else permissions.VIEW

    @property
    def clear(self) -> str:
        """The same page without filters."""
        return f"?reach={WHOLE}" if self.full and self.wide else "?"


def queue_asked(request: ActorRequest) -> QueueAsked:
    """Nonsense in an address filters nothing. No statement."""
    full = may_export(request.actor, headers_only=False)
    wide = request.GET.get("reach") == WHOLE or not full
    form = filter_form(request, request.GET, headers_only=wide)
    return QueueAsked(wide, full, form, form.filters())


def without_words(asked: QueueAsked) -> QueueAsked:
    """For the map, which looks for no words."""
    return replace(asked, filters=replace(asked.filters, words=""))


def reaches(request: ActorRequest, asked: QueueAsked) -> list[dict[str, Any]]:
    """The switch between the cases of the post and the headers of all it may know of; none where these are the same. No statement."""
    reach, headers = request.actor.reach(permissions.VIEW), request.actor.reach(permissions.VIEW_HEADER)
    if not asked.full or reach.everything or set(headers.grants) <= set(reach.grants):
        return []
    kept = {name: request.GET[name] for name in _KEPT_ON_THE_WAY if request.GET.get(name)}
    return [
        {"label": _("My reach"), "url": f"?{urlencode(kept)}", "active": not asked.wide},
        {"label": _("Whole street, headers only"), "url": f"?{urlencode({**kept, 'reach': WHOLE})}", "active": asked.wide},
    ]


def stages_shown(request: ActorRequest, asked: QueueAsked) -> list[dict[str, Any]]:
    """The stages with how many open cases stand at each, as links that keep the other filters. One statement, for a station two."""
    found = open_by_stage(request.actor, asked.filters, asked.permission)
    if not found or not any(found.values()):
        return []
    here, kept = asked.filters.stage, same_query(request, "stage")
    link = f"{kept}&" if kept else "?"
    each = [
        {"label": Stage(code).label, "n": n, "url": f"{link}stage={code}", "active": code == here}
        for code, n in found.items()
        if n or code == here
    ]
    return [{"label": _("All open"), "n": sum(found.values()), "url": kept or "?", "active": here == ""}, *each]


def same_query(request: ActorRequest, *without: str) -> str:
    """The query string of the list for the map, and of the map for the list; the page of the list is left out."""
    kept = {name: value for name, value in request.GET.items() if value and name not in ("after", "before", *without)}
    return f"?{urlencode(kept)}" if kept else ""
