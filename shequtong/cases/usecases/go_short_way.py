"""Go a short way (合并办理): several moves of one case by one person in one transaction, each by its own use-case with its own right and step.

All of them or none: what one of them refuses undoes those before it. What they leave beside them is written in one statement a kind.
"""

import inspect
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.models import Case
from shequtong.cases.short_ways import SHORT_WAYS
from shequtong.cases.usecases._batches import at_hand
from shequtong.cases.usecases.accept_case import accept_case
from shequtong.cases.usecases.answer_case import answer_case
from shequtong.cases.usecases.close_case import close_case
from shequtong.cases.usecases.dispatch_case import dispatch_case
from shequtong.cases.usecases.handle_case import handle_case
from shequtong.cases.usecases.register_case import register_case
from shequtong.cases.usecases.turns import CannotMove, as_seen, needs_answer
from shequtong.cases.usecases.verify_case import verify_case
from shequtong.core.actors import Actor
from shequtong.core.gathered import gathering

# Without their own `atomic`: all of them are one transaction, and a savepoint a move would be two statements more.
_MOVES: dict[str, Callable[..., object]] = {
    "register": inspect.unwrap(register_case),
    "dispatch": inspect.unwrap(dispatch_case),
    "accept": inspect.unwrap(accept_case),
    "handle": inspect.unwrap(handle_case),
    "verify": inspect.unwrap(verify_case),
    "answer": inspect.unwrap(answer_case),
    "close": inspect.unwrap(close_case),
}


@transaction.atomic
def go_short_way(*, number: str, way: str, told: dict[str, dict[str, Any]], by: Actor, now: datetime) -> Case:
    """Make the moves of SHORT_WAYS[way] in their order; `told` has what each is told beside number, by and now.

    An answer is left out where nobody waits for one. Raises Forbidden, and CannotMove also where the flow does not name the way.
    """
    first, *others = SHORT_WAYS[way].moves
    with gathering():
        case = _first(first, number, told, by, now)
        if way not in flow_of(case.subdistrict_id).short:
            raise CannotMove(_("This step is not used in this subdistrict."))
        if first == "register" and len(catalogue().classes[case.case_class_id].standards) > 1:
            raise CannotMove(_("This class has several conditions to register; please register it by itself."))
        # What was made a line before is no other person's work.
        with at_hand(case), as_seen(None):
            for move in _needed(case, others):
                _MOVES[move](number=number, by=by, now=now, **told.get(move, {}))
    return case


def _first(move: str, number: str, told: dict[str, dict[str, Any]], by: Actor, now: datetime) -> Case:
    case = _MOVES[move](number=number, by=by, now=now, **told.get(move, {}))
    assert isinstance(case, Case)
    return case


def _needed(case: Case, moves: Sequence[str]) -> list[str]:
    return [move for move in moves if move != "answer" or needs_answer(case)]
