"""Register (立案): the matter meets the condition of its standard; it gets a promise and waits for dispatch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.cases import sla
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.places import calendar_at
from shequtong.cases.usecases.pauses import end_question
from shequtong.cases.usecases.turns import CannotMove, begin, finish, required_note
from shequtong.core.actors import Actor


@transaction.atomic
def register_case(*, number: str, by: Actor, now: datetime, note: str = "", row: int | None = None) -> Case:
    """Register the case under `row` of its class's standard as it is in force now; it keeps that version. Raises Forbidden, CannotMove."""
    turn = begin(number, "register", by=by, now=now)
    case = turn.case
    kind = catalogue().classes[case.case_class_id]
    standard = kind.standard or catalogue().standards[case.standard_id]
    if row is not None:
        chosen = next((each for each in kind.standards if each.row == row), None)
        if chosen is None:
            raise CannotMove(_("Choose a condition of this class."))
        standard = chosen
    words = required_note(turn, note)
    if not words and _was_absent(case):
        raise CannotMove(_("It was found not to be there. Please say why it is registered all the same."))
    forecast = sla.start(standard.limit, calendar_at(case.place_path), now)

    end_question(turn)
    told, details = catalogue().standards[case.standard_id], {"standard": standard.id}
    if standard.limit not in catalogue().told_limits(case.case_class_id, case.standard_id):
        details["instead_of"] = told.id  # what the reporter was told when it came in
    turn.set(standard_id=standard.id, registered_at=now, promised_at=forecast.due.due_at)
    finish(turn, note=words, details=details)
    return case


def _was_absent(case: Case) -> bool:
    """Whoever went to look last found nothing (核实不存在). One statement, none for a case nobody looked at."""
    if case.confirmed_at is None:
        return False
    looked = Step.objects.filter(case=case, move="confirm").order_by("-number").values_list("details", flat=True).first()
    return looked is not None and looked.get("finding") == "absent"
