"""What waits for whom (待办口径): of each stage the rights whose holder moves a case on, and what must hold besides. No statement."""

from collections.abc import Collection

from django.db.models import Q

from shequtong.access.functions import functions_of, roles_holding
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor

# stage -> the rights whose holder it waits for, in the order of the way
WAITS_FOR: dict[Stage, tuple[str, ...]] = {
    Stage.HELD: (permissions.SCREEN,),
    Stage.CONFIRMATION: (permissions.CONFIRM,),
    Stage.INTAKE: (permissions.REGISTER,),
    Stage.REGISTERED: (permissions.DISPATCH,),
    Stage.DECISION: (permissions.DECIDE,),
    Stage.DISPATCHED: (permissions.ACCEPT,),
    Stage.HANDLING: (permissions.HANDLE,),
    Stage.VERIFICATION: (permissions.VERIFY, permissions.REVIEW),
    Stage.CLOSING: (permissions.ANSWER, permissions.CLOSE, permissions.APPROVE_ANSWER),
}
RARE = frozenset(
    {Stage.HELD, Stage.CONFIRMATION, Stage.DECISION}
)  # shown to others only when there is one: few cases ever come there
ME, OWN, TAKE_UP, COLLEAGUES = "me", "own", "take_up", "colleagues"
WAITS = (ME, OWN, TAKE_UP, COLLEAGUES)
_LEADS = permissions.DECIDE  # who decides leads others: their work is not the leader's, though it may be stepped in for
_OF_LEADERS = frozenset({permissions.DECIDE, permissions.APPROVE_ANSWER})


def next_rights(case: Case) -> tuple[str, ...]:
    """The rights whose holder makes the next move of this case. No statement."""
    if case.stage == Stage.VERIFICATION:
        return (permissions.REVIEW if case.self_handled else permissions.VERIFY,)
    if case.stage == Stage.CLOSING:
        return (permissions.APPROVE_ANSWER if case.answer_waits else permissions.CLOSE,)
    return WAITS_FOR.get(Stage(case.stage), ())


def duties(actor: Actor) -> frozenset[str]:
    """The rights by which cases wait for the post in use. Who leads is waited for only with what nobody below them may do."""
    wanted = {permission for some in WAITS_FOR.values() for permission in some}
    held = frozenset(permission for permission in wanted if actor.reach(permission).of_post.grants)
    if _LEADS not in held:
        return held
    functions = functions_of(actor.home)
    leaders = roles_holding(_LEADS, functions)
    return frozenset(one for one in held if one in _OF_LEADERS or roles_holding(one, functions) <= leaders)


def leads(actor: Actor) -> bool:
    """Whether the post in use decides where nobody else will: it looks after what is late in others' hands."""
    return bool(actor.reach(_LEADS).of_post.grants)


def stages_of(held: Collection[str]) -> list[Stage]:
    """The stages at which cases wait for these rights, in the order of the way."""
    return [stage for stage, wanted in WAITS_FOR.items() if set(wanted) & set(held)]


def waits_condition(actor: Actor, waits: str) -> Q:
    """ME: all that waits for the post in use. Of it OWN is in the reader's own hands and TAKE_UP in nobody's yet; COLLEAGUES have the rest."""
    if waits == COLLEAGUES:
        return Q(stage=Stage.HANDLING, assignee_account_id__isnull=False) & ~Q(assignee_account_id=actor.account_id)
    found, held = Q(pk__in=[]), duties(actor)
    for stage, wanted in WAITS_FOR.items():
        for permission in wanted:
            if permission in held:
                found |= Q(stage=stage) & _besides(permission, actor.account_id)
    if waits == OWN:
        return found & Q(assignee_account_id=actor.account_id)
    if waits == TAKE_UP:
        return found & (Q(assignee_account_id=None) | ~Q(assignee_account_id=actor.account_id))
    return found


def _besides(permission: str, account: int | None) -> Q:
    """Not paused, not in a colleague's hands, not one's own work to verify, no draft that waits for somebody else."""
    nobodys = Q(assignee_account_id=None) | Q(assignee_account_id=account)
    return {
        permissions.REGISTER: Q(paused=""),
        permissions.HANDLE: Q(paused="", asking="", offered_station=None) & nobodys,
        permissions.VERIFY: Q(self_handled=False) & (Q(handled_account_id=None) | ~Q(handled_account_id=account)),
        permissions.REVIEW: Q(self_handled=True),
        permissions.ANSWER: Q(answer_waits=False),
        permissions.CLOSE: Q(answer_waits=False),
        permissions.APPROVE_ANSWER: Q(answer_waits=True),
    }.get(permission, Q())
