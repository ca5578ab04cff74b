"""The model's moves until a station has the case (模拟主线之一): told, looked at, registered, dispatched."""

from datetime import datetime

from tests.simulator.case import EARLY, Case, Reporter, SubTask
from tests.simulator.clock import NEVER, limits
from tests.simulator.people import CLASSES, FOREIGN, PEOPLE, PLACES, STREET
from tests.simulator.world import CONFIRM_SKIPS, RULES, World


def intake(
    world: World,
    case: Case,
    *,
    cls: str,
    place: str,
    channel: str,
    account: str = "",
    phone: str = "",
    held: bool = False,
    history: bool = False,
    cap: datetime = NEVER,
    settled: bool = False,
) -> None:
    """受理 and 自行处置: it makes the case."""
    case.cls, case.place, case.channel = cls, PLACES[place], channel
    if settled:
        world.need("SELF_HANDLE", case)
    elif channel == "hotline":
        world.need("HOTLINE", case)
    elif channel != "resident" and not _hears(world.act.who, case):
        world.need("INTAKE", case)
    world.go()
    case.reporter = Reporter(account, phone) if account or phone else None
    case.history, case.cap = history, cap
    case.times |= {"reported": world.now, "received": world.now}
    if settled:
        case.self_handled, case.handled_by = True, world.act.who
        case.times |= {"registered": world.now, "handled": world.now, "first_handled": world.now}
    to = "verification" if settled else "held" if held else _first_stage(world, case)
    world.step(case, to=to, clock="stage", told=("next",) if settled else ("reporter", "next"))


def _hears(who: str, case: Case) -> bool:
    """首接负责: office and grid take in what they hear anywhere in their street."""
    person = PEOPLE.get(who)
    if person is None or person.station or "INTAKE" not in person.rights:
        return False
    return case.place.startswith(STREET) and person.path.startswith(STREET)


def _first_stage(world: World, case: Case) -> str:
    asks = world.standard(case).confirm and case.channel not in CONFIRM_SKIPS
    return "confirmation" if asks else "intake"


def admit(world: World, case: Case) -> None:
    """放行"""
    world.need("SCREEN", case)
    world.stage(case, "held")
    world.go()
    to = _first_stage(world, case)
    world.step(case, to=to, clock="stage", told=("next",) if to == "confirmation" else ())


def confirm(world: World, case: Case, *, finding: str) -> None:
    """核实"""
    world.need("CONFIRM", case)
    world.stage(case, "confirmation")
    world.no(case.reporter is not None and case.reporter.account == world.act.who, "reported it")
    world.no(finding not in ("exists", "absent", "unclear"), "no finding")
    world.go()
    case.finding = finding
    case.times["confirmed"] = world.now
    world.step(case, to="intake", clock="stage", told=("next",))


def not_accept(world: World, case: Case, *, why: str) -> None:
    """不予受理"""
    world.need("SCREEN" if case.stage == "held" else "REGISTER", case)
    world.stage(case, *EARLY, asked=True)
    world.no(why == "because", "no such reason")
    world.go()
    world.end_question(case)
    world.step(case, to="not_accepted", clock="none", told=("reporter",))


def register(world: World, case: Case, *, row: int, note: str) -> None:
    """立案"""
    world.need("REGISTER", case)
    world.stage(case, "intake", asked=True)
    world.no(row > len(CLASSES[case.cls]), "no such row")
    world.no(case.finding == "absent" and not note, "found absent: say why")
    world.go()
    world.end_question(case)
    case.row = row
    case.times["registered"] = world.now
    case.promised = limits(world.now, world.standard(case).kind, world.handling_minutes(case), [])[1]
    world.step(case, to="registered", clock="stage", told=("reporter", "next"))


def dispatch(world: World, case: Case, *, to: str, assisting: list[str], task: str) -> None:
    """派遣"""
    world.need("DISPATCH", case)
    world.stage(case, "registered")
    world.no(FOREIGN in (to, *assisting), "of another street")
    world.no(to in assisting, "assists itself")
    world.no(len(assisting) > 5, "too many")
    world.no(assisting and not task, "no task")
    world.go()
    give_to(world, case, to)
    for station in assisting:
        amber, due = world.handling_limits(case)
        case.sub_tasks.append(SubTask(station, amber, due))
    world.step(case, to="dispatched", clock="handling", told=("station",))
    for station in assisting if not case.history else ():
        world.tell(case, ("station",), station)


def give_to(world: World, case: Case, station: str) -> None:
    """It leads, and has to accept in time: by the urgent clock when the standard counts urgent hours."""
    case.lead, case.assignee = station, None
    case.times["dispatched"] = world.now
    if not case.history:
        urgent = world.standard(case).urgent
        kind = "urgent_hours" if urgent else "work_hours"
        minutes = RULES["accept_minutes_urgent" if urgent else "accept_minutes"]
        case.accept_by = limits(world.now, kind, minutes, [])[1]


def void(world: World, case: Case) -> None:
    """作废"""
    world.need("VOID", case)
    world.stage(case, *EARLY, "registered", "decision", asked=True)
    world.go()
    world.end_question(case)
    world.step(case, to="voided", clock="none", told=("reporter",))


def decide(world: World, case: Case, *, to: str) -> None:
    """裁定"""
    world.need("DECIDE", case)
    world.stage(case, "decision")
    world.no(to == FOREIGN, "of another street")
    world.go()
    give_to(world, case, to)
    case.decided = True
    world.step(case, to="dispatched", clock="handling", told=("station",))


def is_member(station: str | None, who: str) -> bool:
    """Somebody of the station."""
    return who in PEOPLE and PEOPLE[who].station == station
