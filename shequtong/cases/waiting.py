"""What waits for whom beside the stages (待办清单): requests to decide, appeals to judge, urgings to reply to."""

from collections.abc import Iterable

from django.db.models import F, Q

from shequtong.cases import permissions
from shequtong.cases.models import Appeal, Asking, Case, Step, Urge
from shequtong.cases.workflow import STATION_STAGES, Stage
from shequtong.core.actors import Actor, Reach, subtree

MOST = 10  # rows of a list on the workbench


def requests_to_decide(actor: Actor, limit: int = MOST) -> list[Asking]:
    """Requests for time within reach that wait, the oldest first, their cases loaded. One statement."""
    reach = _of_cases(actor.reach(permissions.GRANT_TIME))
    asked = Asking.objects.filter(reach[1], subdistrict__in=reach[0], state=Asking.State.ASKED)
    return list(asked.select_related("case").order_by("asked_at", "id")[:limit])


def appeals_to_judge(actor: Actor, permission: str, state: str, limit: int = MOST) -> list[Appeal]:
    """Appeals within reach that wait at this level, the oldest first, their cases loaded. One statement."""
    reach = _of_cases(actor.reach(permission))
    made = Appeal.objects.filter(reach[1], subdistrict__in=reach[0], state=state, case__stage=Stage.CLOSED)
    return list(made.select_related("case").order_by("at", "id")[:limit])


def urgings_to_reply(actor: Actor, station_id: int, limit: int = MOST) -> list[Urge]:
    """Urgings of cases that the station has in hand, made since it was given them and not replied to, the oldest first, their cases loaded;
    for who gives out a station's work all, for who handles it those of their own cases. One statement."""
    waiting = Urge.objects.filter(subdistrict=actor.home, replied_at__isnull=True, at__gte=F("case__dispatched_at"))
    led = waiting.filter(case__subdistrict=actor.home, case__lead_station=station_id, case__stage__in=STATION_STAGES)
    if not actor.reach(permissions.ASSIGN).of_post.grants:
        led = led.filter(case__assignee_account_id=actor.account_id)
    return list(led.select_related("case").order_by("at", "id")[:limit])


def found_not_fixed(cases: Iterable[Case]) -> dict[str, str]:
    """Of those that have to be handled again, why: by number. One statement, none where there is none."""
    again = {case.pk: case for case in cases if case.rework_count and case.stage == Stage.HANDLING}
    places = {case.subdistrict_id for case in again.values()}
    steps = Step.objects.filter(subdistrict__in=places, case__in=list(again), move="rework").order_by("number") if again else []
    return {again[step.case_id].number: step.note for step in steps if step.at >= again[step.case_id].stage_since}


def _of_cases(reach: Reach) -> tuple[tuple[int, ...], Q]:
    """The subdistricts of a territorial reach, and its condition on rows that hang on a case."""
    found = Q(pk__in=[])
    for grant in reach.grants:
        start, end = subtree(grant.path)
        found |= Q(subdistrict=grant.subdistrict, case__place_path__gte=start, case__place_path__lt=end)
    return reach.of_post.subdistricts, found
