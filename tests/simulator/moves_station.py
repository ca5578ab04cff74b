"""The model's moves of stations (模拟主线之二): accepted, assigned, handed over, helped, handled, verified."""

from datetime import timedelta

from tests.simulator.case import AT_STATION, Case, SubTask
from tests.simulator.clock import NEVER
from tests.simulator.moves_before import is_member
from tests.simulator.people import FOREIGN
from tests.simulator.world import RULES, World


def accept(world: World, case: Case) -> None:
    """签收"""
    world.need("ACCEPT", case)
    world.stage(case, "dispatched")
    world.go()
    case.times["accepted"], case.accept_by = world.now, NEVER
    case.assignee = case.assignee or world.act.who
    world.step(case, to="handling", told=("reporter",))


def assign(world: World, case: Case, *, person: str) -> None:
    """指派"""
    world.need("ASSIGN", case)
    world.stage(case, *AT_STATION, paused=True)
    world.no(not is_member(case.lead, person), "none of the station")
    world.go()
    case.assignee = person
    world.step(case, told=("assignee",))


def send_back(world: World, case: Case) -> None:
    """回退"""
    world.need("SEND_BACK", case)
    world.stage(case, *AT_STATION, asked=True)
    world.no(case.decided, "decided")
    world.no(case.offered, "offered")
    world.no(case.asked, "asked for time")
    world.no(case.stage == "handling" and case.helping, "somebody assists")
    world.go()
    world.end_question(case)
    case.count("send_back")
    leave_station(case)
    to = "decision" if case.counts["send_back"] >= RULES["send_backs_to_director"] else "registered"
    world.step(case, to=to, clock="stage", told=("next",))


def leave_station(case: Case) -> None:
    """Nobody has it in hand; what was asked of and by stations falls."""
    for task in case.helping:
        task.is_open = False
    case.lead, case.assignee, case.accept_by, case.asked = None, None, NEVER, None


def take_back(world: World, case: Case) -> None:
    """收回"""
    let_lie = case.lead
    leave_station(case)
    case.decided = False
    world.step(case, to="registered", clock="stage", told=("next", "station"), tell_station=let_lie)


def hand_over(world: World, case: Case, *, to: str) -> None:
    """移交"""
    world.need("HAND_OVER", case)
    world.stage(case, "handling")
    world.no(case.helping, "somebody assists")
    world.no(case.offered, "offered already")
    world.no(case.asked, "asked for time")
    world.no(to in (FOREIGN, case.lead), "cannot take it")
    world.go()
    case.offered = to
    world.step(case, station=to, told=("station",), tell_station=to)


def take_over(world: World, case: Case) -> None:
    """接收移交"""
    world.need("HAND_OVER", case, case.offered or "nobody")
    world.stage(case, "handling")
    world.no(not case.offered, "nothing offered")
    world.go()
    former, case.lead, case.assignee, case.offered = case.lead, case.offered, None, None
    world.step(case, told=("station", "reporter"), tell_station=former)


def refuse_over(world: World, case: Case) -> None:
    """拒收移交"""
    world.need("HAND_OVER", case, case.offered or "nobody")
    world.stage(case, "handling")
    world.no(not case.offered, "nothing offered")
    world.go()
    refused, case.offered = case.offered, None
    world.step(case, station=refused, told=("station",))


def call_off(world: World, case: Case, *, what: str) -> None:
    """撤销请求: the request for time, the question, the offer, or the part of a station by its name"""
    world.need("HANDLE", case)
    world.stage(case, *AT_STATION, paused=True)
    world.no(not (case.asked or case.offered or case.helping or case.paused == "reporter_asked"), "nothing open")
    if what == "time":
        world.no(not case.asked, "nothing asked")
        world.go()
        case.asked = None
        return world.step(case, told=("office",))
    if what == "question":
        world.no(case.paused != "reporter_asked", "nothing asked")
        world.go()
        world.end_pause(case)
        return world.step(case)
    if what == "offer":
        world.no(not case.offered, "nothing offered")
        world.need("HAND_OVER", case)
        world.go()
        whom, case.offered = case.offered, None
        return world.step(case, station=whom, told=("station",), tell_station=whom)
    task = next((one for one in case.helping if one.station == what), None)
    if task is None:
        return world.no(True, "not asked")
    world.go()
    task.is_open = False
    return world.step(case, station=what, told=("station",), tell_station=what)


def assist(world: World, case: Case, *, station: str) -> None:
    """协办"""
    world.need("ASSIST", case)
    world.stage(case, "handling")
    world.no(station in (FOREIGN, case.lead), "cannot assist")
    world.no(len(case.helping) >= 5, "too many")
    world.no(any(task.station == station for task in case.helping), "assists already")
    world.go()
    case.sub_tasks.append(SubTask(station, *world.handling_limits(case)))
    world.step(case, station=station, told=("station",), tell_station=station)


def take_assist(world: World, case: Case, *, station: str) -> None:
    """接受协办"""
    world.need("ANSWER_ASSIST", case, station)
    world.stage(case, *AT_STATION, paused=True)
    task = next((one for one in case.helping if one.station == station), None)
    if task is None or task.state != "asked":
        return world.no(True, "nothing to take")
    world.go()
    task.state = "taken"
    return world.step(case, station=station, told=("station",))


def answer_assist(world: World, case: Case, *, station: str, done: bool) -> None:
    """协办反馈"""
    world.need("ANSWER_ASSIST", case, station)
    world.stage(case, *AT_STATION, paused=True)
    task = next((one for one in case.helping if one.station == station), None)
    if task is None:
        return world.no(True, "nothing to answer")
    world.go()
    task.state, task.is_open = "done" if done else "declined", False
    return world.step(case, station=station, told=("station",))


def handle(world: World, case: Case, *, photo: bool) -> None:
    """处置"""
    world.need("HANDLE", case)
    world.stage(case, "handling", asked=True)
    world.no(case.helping, "somebody assists")
    world.no(case.offered, "offered")
    world.no(case.asked, "asked for time")
    world.no(world.standard(case).after_photo and not photo, "no photo")
    world.go()
    world.end_question(case)
    case.times["handled"] = world.now
    case.times.setdefault("first_handled", world.now)
    case.handled_by, case.answered = world.act.who, False
    world.step(case, to="verification", clock="stage", told=("next",))


def verify(world: World, case: Case) -> None:
    """核查"""
    world.need("VERIFY", case)
    world.stage(case, "verification")
    world.no(case.self_handled, "review it")
    world.no(case.handled_by == world.act.who, "handled it")
    world.go()
    case.times["verified"] = world.now
    if not world.needs_answer(case):
        case.close_by = world.now + timedelta(days=RULES["close_days"])
    world.step(case, to="closing", clock="stage", told=("next",))


def rework(world: World, case: Case) -> None:
    """返工"""
    world.need("VERIFY", case)
    world.stage(case, "verification")
    world.no(case.self_handled, "review it")
    world.no(case.handled_by == world.act.who, "handled it")
    world.go()
    case.count("rework")
    world.step(case, to="handling", clock="handling", told=("station",))


def review(world: World, case: Case, *, valid: bool) -> None:
    """审核自行处置"""
    world.need("REVIEW", case)
    world.stage(case, "verification")
    world.no(not case.self_handled, "not settled on the spot")
    world.no(case.handled_by == world.act.who, "handled it")
    world.go()
    if valid:
        case.times |= {"verified": world.now, "closed": world.now, "first_closed": world.now}
        case.evaluated = False
    world.step(case, to="closed" if valid else "voided", clock="none")
