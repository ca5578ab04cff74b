"""Whom an urging reaches (督办对象): where no station has the case, who holds the post that makes its next move at that place."""

from datetime import datetime

from shequtong.access.functions import functions_of, roles_holding
from shequtong.access.holders import Holder, holders_of
from shequtong.access.roles import table
from shequtong.cases import permissions
from shequtong.cases.lookups.waits import next_rights
from shequtong.cases.models import Case
from shequtong.cases.workflow import STATION_STAGES
from shequtong.core.actors import Actor
from shequtong.figures.write import day_of


def reached_by_urging(case: Case, by: Actor, now: datetime) -> list[Holder] | None:
    """None where the case is at a station, which is told itself. Never who urges; who leads others only where nobody else is left.

    One statement for each right the case waits for: at most two.
    """
    if case.stage in STATION_STAGES:
        return None
    day, found = day_of(case.subdistrict_id, now), dict[int, Holder]()
    for permission in next_rights(case):
        for one in holders_of(permission, case.subdistrict_id, case.place_path, day):
            found.setdefault(one.account_id, one)
    others = [one for one in found.values() if one.account_id != by.account_id]
    leading = roles_holding(permissions.DECIDE, functions_of(case.subdistrict_id))
    return [one for one in others if one.role not in leading] or others


def named(people: list[Holder]) -> str:
    """The people with their posts, as a page names them. No statement."""
    known = table().roles
    return "、".join(f"{one.name}（{known[one.role].label}）" for one in people)
