"""What goes back to the hotline (回复 12345): the kind of reply by how the case stands, and the three rates as plain facts."""

from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shequtong.cases.models import NEVER, Answer, Case, Step, WorkOrder
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor, ReachColumns
from shequtong.organizations.stations import directory
from shequtong.tasks.xlsx import Cell

DONE, SEND_BACK, EXTEND = "done", "send_back", "extend"
NAMES = {
    DONE: pgettext_lazy("reply to the hotline", "Done"),
    SEND_BACK: pgettext_lazy("reply to the hotline", "Sent back"),
    EXTEND: pgettext_lazy("reply to the hotline", "Extended"),
}
_NOT_OURS = (Stage.NOT_ACCEPTED, Stage.VOIDED, Stage.WITHDRAWN)


def _no_station(_subdistrict: int, _station: int) -> Q:
    """No station has the right to the hotline's orders."""
    return Q(pk__in=[])


REACH = ReachColumns(path="case__place_path", party=_no_station)


def within_reach(actor: Actor, permission: str) -> "Q":
    """Orders of the cases within reach."""
    return actor.reach(permission).of_post.condition(REACH)


def told_in(case: Case) -> Case:
    """The case in which an order is settled: where it was merged, the other one. No statement where that is loaded, one a merger else."""
    while case.merged_into_id is not None and case.merged_into is not None:
        case = case.merged_into
    return case


def reply_of(case: Case) -> str:
    """办结 once closed, 回退 when it was not accepted or not pursued, 延期 when more time was given; "" while it goes on.

    A merged one stands as the case it was merged into.
    """
    case = told_in(case)
    if case.stage == Stage.CLOSED:
        return DONE
    if case.stage in _NOT_OURS:
        return SEND_BACK
    return EXTEND if case.extend_count else ""


def yes_no(fact: bool | None) -> str:
    """A fact of an order; "" while it is not known."""
    if fact is None:
        return ""
    return pgettext("export", "Yes") if fact else pgettext("export", "No")


def facts(order: WorkOrder) -> tuple[str, str, str]:
    """Responded, solved, satisfied, as words."""
    return yes_no(order.responded_at is not None), yes_no(order.solved), yes_no(order.satisfied)


REPLY_COLUMNS = (
    *(
        gettext_lazy("Order number"),
        gettext_lazy("Case"),
        gettext_lazy("Stage"),
        pgettext_lazy("reply to the hotline", "Kind of reply"),
    ),
    *(
        gettext_lazy("Handling station"),
        gettext_lazy("Text of the answer, or why not"),
        gettext_lazy("Answered by"),
        gettext_lazy("Approved by (name)"),
    ),
    *(gettext_lazy("Time of the answer"), gettext_lazy("Time of closing"), gettext_lazy("Extended until")),
    *(pgettext_lazy("12345", "Responded"), pgettext_lazy("12345", "Solved"), pgettext_lazy("12345", "Satisfied")),
    *(gettext_lazy("Time of the response"), gettext_lazy("Due to the hotline")),
)
_ENDED_BY = ("not_accept", "void", "withdraw")


def reply_rows(orders: Sequence[WorkOrder]) -> Iterator[list[Cell]]:
    """A line an order, as REPLY_COLUMNS (registries.md 2.15: 回复类型、办理情况或理由、签发人、答复人、延期至). Two statements for all."""
    cases = {order.pk: told_in(order.case) for order in orders}
    ids = sorted({case.pk for case in cases.values()})
    place = orders[0].subdistrict_id if orders else 0
    sent = Answer.objects.filter(subdistrict=place, case__in=ids, state=Answer.State.SENT).order_by("id")
    answers = {answer.case_id: answer for answer in sent}
    ended = Step.objects.filter(subdistrict=place, case__in=ids, move__in=_ENDED_BY).order_by("id")
    reasons = dict(ended.values_list("case_id", "note"))
    for order in orders:
        case = cases[order.pk]
        kind, answer = reply_of(case), answers.get(case.pk)
        station = directory().by_id.get(case.lead_station_id or 0)
        why = reasons.get(case.pk, "") if kind == SEND_BACK else ""
        said = answer.text if answer is not None and kind != SEND_BACK else why
        who = (answer.actor, answer.approved_by, answer.at) if answer is not None and kind != SEND_BACK else ("", "", None)
        yield [
            *(order.external_number, case.number, str(Stage(case.stage).label), str(NAMES[kind]) if kind else ""),
            *(station.name if station else "", said, *who, case.closed_at),
            case.due_at if kind == EXTEND and case.due_at != NEVER else None,
            *facts(order),
            *(order.responded_at, order.due_at),
        ]
