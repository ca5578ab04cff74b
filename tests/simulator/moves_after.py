"""The model's moves of answers, oversight and time (模拟答复、督办与时限)."""

from datetime import datetime, timedelta

from tests.simulator.case import AT_STATION, OPEN, Asked, Case
from tests.simulator.clock import NEVER, SUZHOU
from tests.simulator.told import urged
from tests.simulator.world import RULES, World

NOT_HELD = tuple(stage for stage in OPEN if stage != "held")


def answer(world: World, case: Case) -> None:
    """答复"""
    world.need("ANSWER", case)
    world.stage(case, "closing")
    world.no(case.reporter is None, "nobody to answer")
    world.go()
    if world.standard(case).approval:
        case.draft_by = world.act.who
        return world.step(case, told=("office",))
    _sent(world, case)
    return world.step(case, told=("reporter",))


def _sent(world: World, case: Case) -> None:
    case.answered, case.times["answered"] = True, world.now
    case.close_by = world.now + timedelta(days=RULES["close_days"])


def approve_answer(world: World, case: Case) -> None:
    """审签"""
    _judge_draft(world, case)
    case.draft_by = None
    _sent(world, case)
    world.step(case, told=("reporter",))


def return_answer(world: World, case: Case) -> None:
    """退回修改"""
    _judge_draft(world, case)
    case.draft_by = None
    world.step(case, told=("office",))


def _judge_draft(world: World, case: Case) -> None:
    world.need("APPROVE_ANSWER", case)
    world.stage(case, "closing")
    world.no(not case.draft_by, "no draft")
    world.no(case.draft_by == world.act.who, "wrote it")
    world.go()


def close(world: World, case: Case) -> None:
    """结案"""
    world.need("CLOSE", case)
    world.stage(case, "closing")
    world.no(world.needs_answer(case) and not case.answered, "not answered")
    world.no(case.draft_by, "a draft waits")
    world.go()
    closed(world, case)


def closed(world: World, case: Case) -> None:
    """By hand or by itself."""
    case.times["closed"] = world.now
    case.times.setdefault("first_closed", world.now)
    case.close_by, case.evaluated = NEVER, False
    world.step(case, to="closed", clock="none", told=("reporter",))


def evaluate(world: World, case: Case, *, score: int) -> None:
    """评价"""
    world.need("EVALUATE", case)
    world.stage(case, "closed")
    world.no(case.evaluated, "evaluated already")
    world.no(not 1 <= score <= 5, "no score")
    world.go()
    case.evaluated, case.times["evaluated"] = True, world.now
    world.step(case)


def call_back(world: World, case: Case, *, reached: bool, solved: bool | None, score: int | None) -> None:
    """回访"""
    world.need("CALL_BACK", case)
    world.stage(case, "closing", "closed")
    world.no(not case.told, "nobody to call")
    world.no(score is not None and not 1 <= score <= 5, "no score")
    world.no(not reached and (solved is not None or score is not None), "nobody said so")
    world.go()
    if case.stage == "closed" and solved is not None and score is not None and not case.evaluated:
        case.evaluated, case.times["evaluated"] = True, world.now
    world.step(case, told=("office",) if case.stage == "closed" and solved is False else ())


def reopen(world: World, case: Case) -> None:
    """重开"""
    world.need("REOPEN", case)
    world.stage(case, "closed")
    staff = world.may_by_post(world.act.who, "REOPEN", case)
    world.no(not staff and world.now > case.times["closed"] + timedelta(days=RULES["reopen_days"]), "too late")
    world.go()
    case.lead, case.assignee, case.decided, case.self_handled = None, None, False, False
    case.promised, case.close_by = NEVER, NEVER
    case.count("reopen")
    world.step(case, to="registered", clock="stage", told=("next",))


def extend(world: World, case: Case) -> None:
    """申请延期"""
    _may_ask(world, case, *AT_STATION)
    world.no(case.counts.get("extend", 0) >= RULES["extend_most"], "too often")
    world.go()
    case.asked = Asked("extend", world.act.who)
    world.step(case, told=("office",))


def suspend(world: World, case: Case, *, until: datetime) -> None:
    """申请挂账"""
    _may_ask(world, case, "handling")
    world.no(case.counts.get("suspend", 0) >= RULES["suspend_most"], "too often")
    days = (until.astimezone(SUZHOU).date() - world.now.astimezone(SUZHOU).date()).days
    world.no(not 0 < days <= RULES["suspend_days"], "no such end")
    world.go()
    case.asked = Asked("suspend", world.act.who, until)
    world.step(case, told=("office",))


def _may_ask(world: World, case: Case, *stages: str) -> None:
    world.need("ASK_TIME", case)
    world.stage(case, *stages)
    world.no(case.asked, "asked already")
    world.no(case.offered, "offered")
    world.no(case.due < world.now, "late")


def grant(world: World, case: Case) -> None:
    """批准"""
    asked = _asked(world, case)
    world.no(asked.until is not None and asked.until <= world.now, "its end has passed")
    world.go()
    case.count(asked.kind)
    case.asked = None
    if asked.until is not None:
        world.pause(case, "suspended", asked.until)
    else:
        case.extensions += 1
        case.warned = 0
        world.repace(case)
    world.step(case, told=("station", "reporter"))


def refuse(world: World, case: Case) -> None:
    """不批准"""
    _asked(world, case, paused=True)
    world.go()
    case.asked = None
    world.step(case, told=("station",))


def _asked(world: World, case: Case, paused: bool = False) -> Asked:
    world.need("GRANT_TIME", case)
    world.stage(case, *AT_STATION, paused=paused)
    world.no(case.asked is None, "nothing asked")
    assert case.asked is not None
    world.no(case.asked.by == world.act.who, "asked for it")
    return case.asked


def resume(world: World, case: Case) -> None:
    """恢复"""
    world.need("GRANT_TIME" if world.act.who != "clock" else "RUN_CLOCK", case)
    world.stage(case, *OPEN, paused=True)
    world.no(not case.paused, "not paused")
    world.go()
    world.end_pause(case)
    world.step(case, told=("holder",))


def ask_reporter(world: World, case: Case) -> None:
    """问询反映人"""
    world.need("ASK_REPORTER", case)
    world.stage(case, "intake", "handling")
    world.no(not case.told, "nobody to ask")
    world.no(case.offered, "offered")
    urgent, until = world.standard(case).urgent, world.now + timedelta(days=RULES["ask_days"])
    world.no(urgent and case.pauses, "once under an urgent limit")
    world.go()
    if urgent:
        until = min(until, world.now + timedelta(minutes=world.handling_minutes(case)))
    world.pause(case, "reporter_asked", until)
    world.step(case, told=("first",))


def answer_question(world: World, case: Case) -> None:
    """反映人补充情况"""
    world.need("ADD", case)
    world.stage(case, "intake", "handling", paused=True)
    world.no(case.paused != "reporter_asked", "nothing asked")
    world.go()
    world.end_pause(case)
    world.step(case, told=("holder",))


def urge(world: World, case: Case, *, level: int) -> None:
    """督办"""
    world.need("URGE", case)
    world.stage(case, *NOT_HELD, paused=True)
    world.no(level not in (1, 2, 3), "no such level")
    day = world.now.astimezone(SUZHOU).date()
    world.no(case.stage not in AT_STATION and not urged(case, world.act.who, day), "nobody would be told")
    world.go()
    case.count("urge")
    case.open_urges += 1
    case.urgers.add(world.act.who)
    world.step(case, told=("urged",))


def reply_urge(world: World, case: Case) -> None:
    """督办回复"""
    world.need("REPLY_URGE", case)
    world.stage(case, *OPEN, paused=True)
    world.no(not case.open_urges, "none waits")
    world.go()
    world.step(case, told=("office", "urgers"))
    case.open_urges = 0
    case.urgers.clear()


def appeal(world: World, case: Case) -> None:
    """申诉"""
    world.need("APPEAL", case)
    world.stage(case, "closed")
    world.no(not case.handled_late, "not late")
    world.no(case.appeal, "appealed already")
    world.go()
    case.appeal = "first"
    world.step(case, told=("office",))


def judge_appeal(world: World, case: Case, *, granted: bool) -> None:
    """申诉审核"""
    world.need("JUDGE_APPEAL", case)
    world.stage(case, "closed")
    world.no(case.appeal != "first", "nothing to judge")
    world.go()
    case.appeal, case.judge = "second" if granted else "refused", world.act.who
    world.step(case, told=("station",))


def judge_appeal_finally(world: World, case: Case, *, granted: bool) -> None:
    """申诉终审"""
    world.need("JUDGE_APPEAL_FINALLY", case)
    world.stage(case, "closed")
    world.no(case.appeal != "second", "nothing to judge")
    world.no(case.judge == world.act.who, "judged it before")
    world.go()
    case.appeal = "granted" if granted else "refused"
    if granted:
        case.times["exempt"] = world.now
    world.step(case, told=("station",))
