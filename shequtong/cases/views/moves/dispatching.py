"""Where a case is dispatched to (派遣建议): the duty list's own first and why, then who serves the place, the rest last; and how much each has."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.routing import lead_for
from shequtong.cases.shown import class_name, station_name
from shequtong.core.actors import Actor
from shequtong.organizations.stations import StationRef, directory, nearest_station, stations_of_subdistrict


class Group(NamedTuple):
    """Stations that stand together in a choice."""

    label: str
    stations: list[StationRef]


def suggested_station(case: Case) -> int | None:
    """As routing proposes it; None is shown to the dispatcher, who names one himself."""
    found = lead_for(catalogue().classes[case.case_class_id], case.place_path, case.subdistrict_id).station
    return found.id if found else None


def likely_assistants(case: Case) -> tuple[int, ...]:
    """The duty list's assisting agencies, each at its station for the place."""
    agencies = catalogue().classes[case.case_class_id].assisting_agencies
    return tuple(found.id for found in (nearest_station(agency, case.place_path) for agency in agencies) if found)


def grouped_stations(case: Case) -> list[Group]:
    """All stations of the street, the likely ones first: one order for the page of a case and for many at once. No statement."""
    known = directory().by_id
    first = [known[found] for found in dict.fromkeys([suggested_station(case), *likely_assistants(case)]) if found is not None]
    rest = [one for one in stations_of_subdistrict(case.subdistrict_id) if one not in first]
    here = [one for one in rest if case.place_path.startswith(one.path)]
    groups = (
        Group(_("By the duty list"), first),
        Group(_("Serving this place"), here),
        Group(_("Of other places"), [one for one in rest if one not in here]),
    )
    return [group for group in groups if group.stations]


def in_hand_of(subdistrict: int) -> dict[int, int]:
    """How many open cases each station leads. One statement."""
    led = Case.objects.filter(subdistrict=subdistrict, is_open=True, lead_station__isnull=False).order_by()
    return dict(led.values_list("lead_station").annotate(Count("id")))


def choices(groups: Iterable[Group], load: dict[int, int]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Groups as the choices of a field, each station with the open cases it has."""

    def words(station: StationRef) -> str:
        return _("%(station)s (%(n)d open)") % {"station": station_name(station), "n": load.get(station.id, 0)}

    return [(group.label, [(one.id, words(one)) for one in group.stations]) for group in groups]


def why_there(case: Case, _actor: Actor) -> dict[str, Any]:
    """What is proposed and on what basis, what was told, and why it stands here once more. One statement."""
    kind, found = catalogue().classes[case.case_class_id], directory().by_id.get(suggested_station(case) or 0)
    return {
        "no_station": found is None,
        "proposed": station_name(found) if found else "",
        "proposed_class": class_name(kind),
        "proposed_basis": kind.bases.get(found.agency_id, "") if found else "",
        **why_again(case, found),
    }


def why_again(case: Case, proposed: StationRef | None) -> dict[str, Any]:
    """Why it waits for dispatch once more: sent back, let lie or reopened, by whom and why; and whether the one proposed had it. One statement."""
    stations, found, had = directory().by_id, [], set()
    lead: StationRef | None = None
    for step in Step.objects.filter(case=case, move__in=(*_LEADS, *_AGAIN)).order_by("number"):
        if step.move in _LEADS:
            lead = stations.get(step.station_id or 0)
            had.add(step.station_id)
        else:
            titled = {"who": lead.name if lead else step.post or "—"}
            found.append((_AGAIN[step.move] % titled, step))
    return {"again": found[::-1], "had_it": bool(found) and proposed is not None and proposed.id in had}


_LEADS = ("dispatch", "decide", "take_over")
_AGAIN = {
    "send_back": gettext_lazy("Sent back by %(who)s"),
    "take_back": gettext_lazy("Taken back from %(who)s: not accepted in time"),
    "reopen": gettext_lazy("Reopened; %(who)s had it last"),
}


def sent_back(case: Case) -> list[tuple[str, Step]]:
    """Which stations sent it back, each with its step and reason. One statement."""
    stations, found = directory().by_id, []
    lead: StationRef | None = None
    for step in Step.objects.filter(case=case, move__in=("dispatch", "decide", "take_over", "send_back")).order_by("number"):
        if step.move == "send_back":
            found.append((lead.name if lead else step.post, step))
        else:
            lead = stations.get(step.station_id or 0)
    return found
