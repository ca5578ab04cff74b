"""How many open cases of a queue stand at each stage (各环节件数): read from the figures, never counted over the cases."""

from collections import Counter

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.lookups.queue import CAPPED, Filters, narrower, widest
from shequtong.cases.models import Assistance
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import Actor, Grant, subtree
from shequtong.figures.read import counts


def open_by_stage(actor: Actor, filters: Filters, permission: str = permissions.VIEW) -> dict[str, int] | None:
    """Open cases by stage under the filters of place, station and class. One statement, for a station two.

    None where figures do not know it: lights, who has a case, for whom it waits; and for a reach of several pieces.
    """
    reach = actor.reach(permission)
    grants = widest(reach.grants)
    if reach.everything or len(grants) != 1 or filters.light or filters.waits or filters.issue or filters.mine is not None:
        return None
    (grant,) = grants
    under = narrower(grant.path if grant.station is None else "", filters.under)
    if under is None or (grant.station is not None and filters.station is not None):
        return None
    found = counts(
        grant.subdistrict,
        IN_STAGE,
        by=("stage",),
        under=under,
        station=filters.station if grant.station is None else grant.station,
        stage=[stage.value for stage in OPEN_STAGES],
        class_code=filters.class_code or None,
    )
    helped = _helped(grant, filters) if grant.station is not None else Counter[str]()
    return {stage.value: found.get((stage.value,), 0) + helped[stage.value] for stage in OPEN_STAGES}


def _helped(grant: Grant, filters: Filters) -> Counter[str]:
    """What waits for this station's assistance while another one leads: it stands in the list, too."""
    asked = Assistance.objects.filter(subdistrict=grant.subdistrict, station=grant.station, is_open=True, case__is_open=True)
    if filters.under:
        start, end = subtree(filters.under)
        asked = asked.filter(case__place_path__gte=start, case__place_path__lt=end)
    if filters.class_code:
        kind = catalogue().by_code.get(filters.class_code)
        asked = asked.filter(case__case_class=kind.id) if kind else asked.none()
    rows = asked.values_list("case__stage", "case__lead_station")[:CAPPED]
    return Counter(stage for stage, lead in rows if lead != grant.station)
