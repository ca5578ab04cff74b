"""What a case page says of other reports (关联反映): what may be the same matter, what was merged in, and where it was merged to."""

from datetime import datetime
from typing import Any

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.nearby import near_case
from shequtong.cases.shown import shown
from shequtong.cases.workflow import MOVES, Stage


def told_alike(actor: AccountActor | AnonymousActor, case: Case, now: datetime) -> dict[str, Any]:
    """One statement for what was merged in; one where it was merged, or for what is near, to who may merge the case as it stands."""
    sees = actor.reach(permissions.VIEW).of_post

    def named(one: Case) -> dict[str, Any]:
        # Titles are the reporters' words: who may not read the other case learns its number alone.
        return {"shown": shown(one, now), "readable": sees.covers(one.reach_facts())}

    found: dict[str, Any] = {"merged_in": [named(one) for one in _merged_in(case)]}
    if case.merged_into_id is not None:
        into = Case.objects.filter(subdistrict=case.subdistrict_id, pk=case.merged_into_id).first()
        return {**found, "into": named(into) if into else None}
    may_merge = actor.reach(permissions.MERGE).of_post.covers(case.reach_facts())
    if Stage(case.stage) in MOVES["merge"].sources and may_merge:
        found["near_by"] = [{"near": one, "shown": shown(one.case, now)} for one in near_case(case, now, by=actor)]
    return found


def _merged_in(case: Case) -> list[Case]:
    """The cases that ended in this one. One statement."""
    return list(Case.objects.filter(subdistrict=case.subdistrict_id, merged_into=case).order_by("pk"))
