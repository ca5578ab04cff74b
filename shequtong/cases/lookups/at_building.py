"""Cases at a building (楼栋的案件): those the reader sees in full, the newest first."""

from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.models.case import CaseQuerySet
from shequtong.core.actors import Actor


def cases_at(actor: Actor, subdistrict_id: int, building_id: int) -> CaseQuerySet:
    """By the post in use, as the queue has them; along the index of buildings."""
    rows = Case.objects.filter(subdistrict=subdistrict_id, building=building_id)
    return rows.within_post(actor, permissions.VIEW).defer("text").order_by("-received_at", "-id")
