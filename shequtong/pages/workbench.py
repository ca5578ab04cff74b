"""What waits for whom (待办口径): for each post, the lists its holder works through, as filters of the queue."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.access.actor import AccountActor
from shequtong.cases import permissions
from shequtong.cases.lookups import Filters
from shequtong.cases.models import Case
from shequtong.cases.waiting import appeals_to_judge, requests_to_decide, urgings_to_reply
from shequtong.cases.workflow import Stage

# stage -> the permission whose holder it waits for
WAITS_FOR: tuple[tuple[Stage, str], ...] = (
    (Stage.HELD, permissions.SCREEN),
    (Stage.CONFIRMATION, permissions.CONFIRM),
    (Stage.INTAKE, permissions.REGISTER),
    (Stage.REGISTERED, permissions.DISPATCH),
    (Stage.DECISION, permissions.DECIDE),
    (Stage.DISPATCHED, permissions.ACCEPT),
    (Stage.HANDLING, permissions.HANDLE),
    (Stage.VERIFICATION, permissions.VERIFY),
    (Stage.CLOSING, permissions.CLOSE),
)

# Shown only to whom it waits for: few cases ever come there.
RARE = frozenset({Stage.HELD, Stage.CONFIRMATION, Stage.DECISION})


@dataclass(frozen=True)
class Waiting:
    """One tile: the stage, its filters, and whether this post is the one it waits for."""

    stage: Stage
    filters: Filters
    mine: bool


def waiting(actor: AccountActor) -> list[Waiting]:
    """The open stages, those that wait for this post first. No statement."""
    role = actor.in_use.role if actor.in_use else None
    found = [
        Waiting(stage, Filters(stage=stage.value), bool(role and role.scopes_of(permission))) for stage, permission in WAITS_FOR
    ]
    return sorted((one for one in found if one.mine or one.stage not in RARE), key=lambda one: not one.mine)


@dataclass(frozen=True)
class Row:
    """One thing that waits: its case, in what words, since when."""

    case: Case
    words: str
    at: datetime


@dataclass(frozen=True)
class Beside:
    """A list of such things."""

    title: str
    rows: list[Row]


def waiting_beside(actor: AccountActor) -> list[Beside]:
    """What waits for this post beside the stages; lists without rows are left out. One statement for each right that has one."""
    role = actor.in_use.role if actor.in_use else None
    found = []
    if role and role.scopes_of(permissions.GRANT_TIME):
        asked = requests_to_decide(actor)
        found.append(Beside(_("Requests for time to decide"), [Row(one.case, one.reason, one.asked_at) for one in asked]))
    for permission, state in ((permissions.JUDGE_APPEAL, "first"), (permissions.JUDGE_APPEAL_FINALLY, "second")):
        if role and role.scopes_of(permission):
            made = appeals_to_judge(actor, permission, state)
            found.append(Beside(_("Appeals to judge"), [Row(one.case, one.reason, one.at) for one in made]))
    station = next((grant.station for grant in actor.reach(permissions.REPLY_URGE).grants if grant.station is not None), None)
    if station is not None:
        urged = urgings_to_reply(actor.home, station)
        overdue = _("Raised by itself: the case is overdue.")
        rows = [Row(one.case, overdue if one.automatic else one.requirement, one.at) for one in urged]
        found.append(Beside(_("Urgings to reply to"), rows))
    return [one for one in found if one.rows]
