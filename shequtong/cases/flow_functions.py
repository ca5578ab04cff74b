"""The functions of an office (职能): what a subdistrict may give to roles of its choice, by a name, in words.

Sight, the clock, the flow itself and what only reporters do are no functions. Who grants time and who approves answers is said under
`approvals` of the flow.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext_lazy

from shequtong.access.functions import roles_holding
from shequtong.access.roles import Role, table
from shequtong.cases import permissions


@dataclass(frozen=True)
class Function:
    """A name in the document, the permission it stands for, its word."""

    name: str
    permission: str
    label: object


_WORDS: Final = (
    (permissions.INTAKE, pgettext_lazy("case function", "Taking in")),
    (permissions.SCREEN, pgettext_lazy("case function", "Screening")),
    (permissions.CONFIRM, pgettext_lazy("case function", "Confirming")),
    (permissions.REGISTER, pgettext_lazy("case function", "Registering")),
    (permissions.DISPATCH, pgettext_lazy("case function", "Dispatching")),
    (permissions.DECIDE, pgettext_lazy("case function", "Deciding where it goes")),
    (permissions.ACCEPT, pgettext_lazy("case function", "Accepting")),
    (permissions.ASSIGN, pgettext_lazy("case function", "Assigning in a station")),
    (permissions.HANDLE, pgettext_lazy("case function", "Handling")),
    (permissions.SEND_BACK, pgettext_lazy("case function", "Sending back")),
    (permissions.HAND_OVER, pgettext_lazy("case function", "Handing over")),
    (permissions.ASSIST, pgettext_lazy("case function", "Asking for assistance")),
    (permissions.ANSWER_ASSIST, pgettext_lazy("case function", "Assisting")),
    (permissions.ASK_TIME, pgettext_lazy("case function", "Asking for time")),
    (permissions.ASK_REPORTER, pgettext_lazy("case function", "Asking the reporter")),
    (permissions.VERIFY, pgettext_lazy("case function", "Verifying")),
    (permissions.SELF_HANDLE, pgettext_lazy("case function", "Settling on the spot")),
    (permissions.REVIEW, pgettext_lazy("case function", "Reviewing what was settled on the spot")),
    (permissions.ANSWER, pgettext_lazy("case function", "Answering")),
    (permissions.CALL_BACK, pgettext_lazy("case function", "Calling back")),
    (permissions.CLOSE, pgettext_lazy("case function", "Closing")),
    (permissions.REOPEN, pgettext_lazy("case function", "Reopening")),
    (permissions.VOID, pgettext_lazy("case function", "Voiding")),
    (permissions.MERGE, pgettext_lazy("case function", "Merging")),
    (permissions.CORRECT, pgettext_lazy("case function", "Correcting")),
    (permissions.URGE, pgettext_lazy("case function", "Urging")),
    (permissions.REPLY_URGE, pgettext_lazy("case function", "Replying to urging")),
    (permissions.APPEAL, pgettext_lazy("case function", "Appealing")),
    (permissions.JUDGE_APPEAL, pgettext_lazy("case function", "Judging appeals, first level")),
    (permissions.JUDGE_APPEAL_FINALLY, pgettext_lazy("case function", "Judging appeals, second level")),
    (permissions.HOTLINE, pgettext_lazy("case function", "Hotline orders")),
    (permissions.NOTE, pgettext_lazy("case function", "Internal notes")),
    (permissions.BLOCK, pgettext_lazy("case function", "Blocking senders")),
    (permissions.MANAGE_PHRASES, pgettext_lazy("case function", "Phrases")),
)


def _function(permission: str, label: object) -> Function:
    return Function(permission.removeprefix("cases."), permission, label)


FUNCTIONS: Final[dict[str, Function]] = {found.name: found for found in (_function(*words) for words in _WORDS)}
# What is approved, by the name in the document; who may approve holds the permission beside it.
APPROVALS: Final[dict[str, Function]] = {
    "extend": Function("extend", permissions.GRANT_TIME, pgettext_lazy("case function", "Approving extensions")),
    "suspend": Function("suspend", permissions.GRANT_TIME, pgettext_lazy("case function", "Approving suspensions")),
    "answer": Function("answer", permissions.APPROVE_ANSWER, pgettext_lazy("case function", "Approving answers")),
}
_OF_PERMISSION: Final = {found.permission: found for found in FUNCTIONS.values()}
_APPROVING: Final = {
    permissions.GRANT_TIME: pgettext_lazy("case function", "Granting time"),
    permissions.APPROVE_ANSWER: APPROVALS["answer"].label,
}


def working_roles() -> list[Role]:
    """Roles that a street may give functions to: those that see a case in full. The district's people are not the street's."""
    return [role for role in table().roles.values() if permissions.VIEW in role.permissions]


def usual_roles(permission: str) -> frozenset[str]:
    """Roles of a street that hold a permission where nothing was published."""
    return roles_holding(permission, {}) & {role.code for role in working_roles()}


def function_label(permission: str) -> str:
    """The word for what a permission lets one do; the permission itself where it is no function."""
    found = _OF_PERMISSION.get(permission)
    return str(found.label if found else _APPROVING.get(permission, permission))
