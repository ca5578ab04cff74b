"""Time and stations in the full demo (演示：延期、挂账、协办、移交、督办、申诉)."""

from datetime import timedelta

from shequtong.cases import usecases
from shequtong.cases.places import calendar_at
from shequtong.core.clock import ClockKind, Limit, limits
from shequtong.pages.demo.full.life import Life
from shequtong.pages.demo.full.moves import other_stations

_REASON = "经现场查看，属你单位管养范围，请接收处置。"


def _two(life: Life) -> tuple[int, int]:
    first, second = other_stations(life, life.case.lead_station_id or 0)[:2]
    return first, second


def extend(life: Life) -> None:
    """Asked before it is late, approved by the dispatcher."""
    life.until_due(0.4, 0.7)
    usecases.extend_case(number=life.case.number, reason="配件需从外地调运，申请延长时限。", by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=3))
    usecases.grant_asking(number=life.case.number, by=life.who("dispatcher"), now=life.now)


def extend_in_vain(life: Life) -> None:
    """Asked and refused."""
    life.until_due(0.3, 0.5)
    usecases.extend_case(number=life.case.number, reason="人手紧张，申请延期。", by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=3))
    reason = "不属于延期情形，请按期办结。"
    usecases.refuse_asking(number=life.case.number, reason=reason, by=life.who("dispatcher"), now=life.now)


def suspend(life: Life) -> None:
    """Stands still for days and goes on by itself."""
    life.until_due(0.2, 0.4)
    until = life.now + timedelta(days=life.dice.randint(2, 9))
    usecases.suspend_case(number=life.case.number, until=until, reason="需待雨季过后施工，申请挂账。", by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=3))
    usecases.grant_asking(number=life.case.number, by=life.who("dispatcher"), now=life.now)
    life.to(until + timedelta(minutes=5))


def ask_reporter(life: Life) -> None:
    """What does the station not know? Answered within two days, or the clock goes on by itself."""
    life.until_due(0.1, 0.3)
    if life.case.reporter_id is None:
        return
    usecases.ask_reporter(number=life.case.number, text="请问具体在几楼？方便上门的时间是？", by=life.lead, now=life.now)
    if life.dice.random() < 0.6:
        life.to(life.now + (life.case.resume_at - life.now) * life.dice.uniform(0.1, 0.8))
        usecases.answer_question(number=life.case.number, words="在三楼，下班以后都可以。", by=life.reporter, now=life.now)
    else:
        life.to(life.case.resume_at + timedelta(minutes=5))


def urge(life: Life) -> None:
    """Urged by the office, answered by the station."""
    life.until_due(0.3, 0.6)
    requirement = "请加快办理，当日反馈进展。"
    usecases.urge_case(number=life.case.number, requirement=requirement, by=life.who("dispatcher"), now=life.now)
    life.to(life.now + timedelta(minutes=10))
    usecases.reply_urge(number=life.case.number, words="已安排人员到场，预计今日完成。", by=life.lead, now=life.now)


def assign(life: Life) -> None:
    """The head keeps it in their own hands."""
    life.wait(3)
    usecases.assign_case(
        number=life.case.number, account_id=life.lead.account_id, by=life.lead, now=life.now, note="由本人跟办。"
    )


def assist(life: Life) -> None:
    """Two are asked: one does its part, the other declines."""
    first, second = _two(life)
    life.until_due(0.05, 0.15)
    for station, task in ((first, "请派人到场维持秩序。"), (second, "请核对管养边界并书面反馈。")):
        usecases.ask_assistance(number=life.case.number, station_id=station, task=task, by=life.lead, now=life.now)
    usecases.take_assistance(number=life.case.number, station_id=first, by=life.staff.heads[first], now=life.now)
    life.until_due(0.1, 0.3)
    for station, done, words in ((first, True, "已到场维持秩序。"), (second, False, "经核对不属本单位职责。")):
        by = life.staff.heads[station]
        usecases.answer_assistance(number=life.case.number, station_id=station, done=done, answer=words, by=by, now=life.now)


def call_off(life: Life) -> None:
    """Somebody is asked and needed no more."""
    first, _second = _two(life)
    life.until_due(0.05, 0.15)
    usecases.ask_assistance(number=life.case.number, station_id=first, task="请协助现场清理。", by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=8))
    reason = "现场已由物业先行清理，无需协助。"
    usecases.call_off(number=life.case.number, what="task", station_id=first, reason=reason, by=life.lead, now=life.now)


def hand_over(life: Life) -> None:
    """Offered to another station, which takes it."""
    first, _second = _two(life)
    life.until_due(0.05, 0.15)
    usecases.hand_over_case(number=life.case.number, to=first, reason=_REASON, by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=12))
    usecases.take_over_case(number=life.case.number, by=life.staff.heads[first], now=life.now)


def hand_over_in_vain(life: Life) -> None:
    """Offered to another station, which refuses it."""
    first, _second = _two(life)
    life.until_due(0.05, 0.15)
    usecases.hand_over_case(number=life.case.number, to=first, reason=_REASON, by=life.lead, now=life.now)
    life.to(life.now + timedelta(minutes=12))
    by, reason = life.staff.heads[first], "该点位不在本单位管养范围。"
    usecases.refuse_over_case(number=life.case.number, reason=reason, by=by, now=life.now)


def appeal(life: Life) -> None:
    """The station appeals against the lateness; the office judges, then the street."""
    office = calendar_at(life.case.place_path)
    life.to(limits(Limit.of_minutes(600, ClockKind.WORK_HOURS), office, life.now).due_at)
    if not life.case.handled_late:
        return
    number = life.case.number
    usecases.appeal_case(number=number, reason="因台风停工，非本单位原因造成超时。", by=life.lead, now=life.now)
    life.wait(200)
    granted = life.dice.random() < 0.6
    words = "停工通知属实，予以认可。" if granted else "停工不影响该点位处置，不予认可。"
    usecases.judge_appeal(number=number, grant=granted, words=words, by=life.who("precinct_head"), now=life.now)
    if granted:
        life.wait(400)
        by = life.who("subdistrict_supervisor")
        usecases.judge_appeal_finally(number=number, grant=life.dice.random() < 0.8, words="经复核确认。", by=by, now=life.now)


def review(life: Life) -> None:
    """What was settled on the spot is looked at by the office: nine of ten are valid."""
    life.wait(30)
    valid = life.dice.random() < 0.9
    words = "照片清晰，处置有效。" if valid else "照片看不出处置结果，不予认定。"
    usecases.review_self_handled(number=life.case.number, valid=valid, words=words, by=life.who("acceptor"), now=life.now)
