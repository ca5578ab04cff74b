"""Short ways (合并办理): moves of the main line that a street lets one person make in one press. Pure.

Each move keeps its own step, trace, count and right (invariant 1); what is short is the number of pages. A flow names those in use
(`short` of flow_document.py); none by default, since who divides the work wants each step looked at by itself.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from shequtong.cases.workflow import Stage


@dataclass(frozen=True)
class ShortWay:
    """Its moves in their order, where it begins, and the move whose page it takes."""

    label: Promise
    begins: Stage
    moves: tuple[str, ...]
    page: str


SHORT_WAYS: dict[str, ShortWay] = {
    "register_dispatch": ShortWay(
        pgettext_lazy("short way", "Register and dispatch"), Stage.INTAKE, ("register", "dispatch"), "dispatch"
    ),
    "accept_handle": ShortWay(
        pgettext_lazy("short way", "Accept and report as handled"), Stage.DISPATCHED, ("accept", "handle"), "handle"
    ),
    "verify_close": ShortWay(
        pgettext_lazy("short way", "Verify, answer and close"), Stage.VERIFICATION, ("verify", "answer", "close"), "verify"
    ),
}
