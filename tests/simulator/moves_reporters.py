"""The model's moves of who told it (模拟反映人): added to, withdrawn, corrected, merged and taken apart, joined."""

from datetime import timedelta

from tests.simulator.case import EARLY, MERGEABLE, OPEN, Case, Reporter
from tests.simulator.clock import NEVER
from tests.simulator.moves_after import NOT_HELD
from tests.simulator.people import PLACES
from tests.simulator.world import RULES, World


def add(world: World, case: Case) -> None:
    """补充"""
    world.need("ADD", case)
    world.stage(case, *OPEN, paused=True)
    world.go()
    world.step(case, told=("holder",))


def withdraw(world: World, case: Case) -> None:
    """撤回, once: early it ends; later it goes on and nobody is answered, so what waits to be closed closes by itself."""
    world.need("ADD", case)
    world.stage(case, *OPEN, paused=True)
    world.no("withdrawn" in case.times, "withdrawn already")
    world.go()
    case.times["withdrawn"] = world.now
    if case.stage == "closing" and case.close_by == NEVER:
        case.close_by = world.now + timedelta(days=RULES["close_days"])
    world.step(case, to="withdrawn" if case.stage in EARLY else "", told=("holder",))


def correct(world: World, case: Case, *, cls: str = "", place: str = "", phone: str = "") -> None:
    """更正, by the office or by who told it: theirs are class and place while it is early, and the phone by which alone they are known."""
    world.need("CORRECT", case)
    world.stage(case, *OPEN, paused=True)
    own = not world.may_by_post(world.act.who, "CORRECT", case)
    world.no(own and (cls or place) and case.stage not in EARLY, "the office's by now")
    world.no(own and phone and case.reporter is not None and case.reporter.account, "known by a sign-in")
    new_class = bool(cls) and cls != case.cls
    world.no(new_class and case.stage not in MERGEABLE, "too late for the class")
    world.no(phone and case.reporter is None, "nobody reported it")
    new_phone = bool(phone) and case.reporter is not None and case.reporter.phone != phone
    # The spots of two names in one grid are two addresses.
    new_place = bool(place) and place != case.spot
    world.no(not (new_class or new_phone or new_place), "nothing changes")
    world.go()
    if new_class:
        case.cls, case.row = cls, 1
    if new_place:
        case.place, case.spot = PLACES[place], place
    if new_phone and case.reporter is not None:
        case.reporter.phone = phone
    world.step(case, told=("holder",) if own else ())


def merge(world: World, case: Case, *, into: int) -> None:
    """并案"""
    other = world.cases[into]
    world.need("MERGE", other)
    world.need("MERGE", case)
    world.stage(case, *MERGEABLE, paused=True)
    world.no(other is case, "the same case")
    world.no(other.stage not in NOT_HELD, "the other is not open")
    world.go()
    ours = [*([case.reporter] if case.reporter and case.told else []), *case.joined]
    other.joined += [Reporter(one.account, one.phone, case.key) for one in ours]
    case.merged_into, case.merged_from, case.merged_at = into, case.stage, world.now
    world.step(case, to="merged", clock="none", told=("reporter",))


def unmerge(world: World, case: Case) -> None:
    """撤销并案"""
    world.need("MERGE", case)
    world.stage(case, "merged")
    assert case.merged_into is not None
    other = world.cases[case.merged_into]
    world.no(world.now > case.merged_at + timedelta(days=RULES["unmerge_days"]), "too late")
    world.no(other.stage not in OPEN, "the other has ended")
    world.go()
    other.joined = [one for one in other.joined if one.source != case.key]
    case.merged_into = None
    world.step(case, to=case.merged_from, clock="stage", told=("reporter",))


def join(world: World, case: Case, *, account: str = "", phone: str = "") -> None:
    """我也遇到了"""
    world.no(not account and not phone, "nobody to tell")
    world.stage(case, *NOT_HELD, paused=True)
    known = [*([case.reporter] if case.reporter and case.told else []), *case.joined]
    world.no(any(one.is_same(account, phone) for one in known), "told already")
    world.go()
    case.joined.append(Reporter(account, phone))
    world.step(case)
