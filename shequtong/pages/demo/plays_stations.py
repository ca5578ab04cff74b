"""Between stations, as the demo plays it (演示：承办协同): several help with a dispatch, a case is assigned, handed over, and decided."""

from typing import TYPE_CHECKING

from shequtong.cases import usecases

if TYPE_CHECKING:
    from shequtong.access.actor import AccountActor
    from shequtong.pages.demo.cases import Played

REASON = "经现场查看，属你单位管养范围，请接收处置。"


def _others(p: "Played") -> list[int]:
    """Stations with a head in the cast, but for the lead, in their order."""
    return [station for station in sorted(p.heads) if station != p.case.lead_station_id]


def _head(p: "Played") -> "AccountActor":
    assert p.case.lead_station_id is not None  # the plan dispatched it
    return p.heads[p.case.lead_station_id]


def assign(p: "Played") -> None:
    """The head keeps it in their own hands."""
    head = _head(p)
    usecases.assign_case(number=p.case.number, account_id=head.account_id, by=head, now=p.now, note="由本人跟办。")


def ask_two(p: "Played") -> None:
    """Two stations are asked; one takes its part on."""
    first, second = _others(p)[:2]
    for station, task in ((first, "请派人到场维持秩序。"), (second, "请核对管养边界并书面反馈。")):
        usecases.ask_assistance(number=p.case.number, station_id=station, task=task, by=_head(p), now=p.now)
    usecases.take_assistance(number=p.case.number, station_id=first, by=p.heads[first], now=p.now)


def answer_two(p: "Played") -> None:
    """One did its part, the other declines."""
    first, second = _others(p)[:2]
    for station, done, words in ((first, True, "已到场维持秩序。"), (second, False, "经核对不属本单位职责。")):
        usecases.answer_assistance(
            number=p.case.number, station_id=station, done=done, answer=words, by=p.heads[station], now=p.now
        )


def call_off(p: "Played") -> None:
    """The lead needs the second one no more."""
    station, reason = _others(p)[1], "经与管养单位电话核对，边界已明确。"
    usecases.call_off(number=p.case.number, what="task", station_id=station, reason=reason, by=_head(p), now=p.now)


def offer(p: "Played") -> None:
    """The lead offers it to the next station."""
    usecases.hand_over_case(number=p.case.number, to=_others(p)[0], reason=REASON, by=_head(p), now=p.now)


def take_over(p: "Played") -> None:
    """Which takes it."""
    assert p.case.offered_station_id is not None  # the plan offered it
    usecases.take_over_case(number=p.case.number, by=p.heads[p.case.offered_station_id], now=p.now)


def refuse_over(p: "Played") -> None:
    """Which refuses it."""
    assert p.case.offered_station_id is not None  # the plan offered it
    by = p.heads[p.case.offered_station_id]
    usecases.refuse_over_case(number=p.case.number, reason="该点位不在本单位管养范围。", by=by, now=p.now)


def decide(p: "Played") -> None:
    """The director decides, after a second sending back."""
    to = sorted(p.heads)[p.index % len(p.heads)]
    usecases.decide_case(number=p.case.number, to=to, reason="经片区会商，由你单位牵头处置。", by=p.cast["head"], now=p.now)
