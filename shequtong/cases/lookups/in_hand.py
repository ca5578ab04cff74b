"""What somebody of a station has in hand (手头工作): asked before their post ends."""

from dataclasses import dataclass, field

from shequtong.cases.models import Asking, Case, Question

MOST = 20  # rows of each list; more are only counted, up to CAPPED


@dataclass(frozen=True)
class InHand:
    """Cases assigned to the person, their open questions to reporters, their requests for time: the first of each."""

    cases: list[Case] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    askings: list[Asking] = field(default_factory=list)
    total: int = 0  # cases in all, counted up to a cap


def in_hand_of(subdistrict_id: int, station_id: int, account_id: int, capped: int) -> InHand:
    """All of it at one station. Four statements."""
    mine = Case.objects.filter(subdistrict=subdistrict_id, assignee_account_id=account_id, lead_station=station_id).in_hand()
    cases = list(mine.order_by("due_at", "id").defer("text")[:MOST])
    there = len(cases) if len(cases) < MOST else mine.values("pk")[:capped].count()
    questions = Question.objects.filter(
        subdistrict=subdistrict_id, account_id=account_id, ended_at__isnull=True, case__lead_station=station_id
    )
    askings = Asking.objects.filter(
        subdistrict=subdistrict_id, state=Asking.State.ASKED, account_id=account_id, station=station_id
    ).select_related("case")
    return InHand(
        cases,
        list(questions.select_related("case").order_by("until", "id")[:MOST]),
        list(askings.order_by("asked_at", "id")[:MOST]),
        there,
    )
