"""Which role does which function in a place: what was published there decides, there alone, and never over administrators or residents."""

from datetime import UTC, datetime

import pytest

from shequtong.access import roles
from shequtong.access.functions import mappable, roles_holding, with_functions
from shequtong.access.lookups import holders
from shequtong.access.models import FunctionRole
from shequtong.access.roles import Scope
from shequtong.access.testing import TOWN_HALL, make_actor
from shequtong.access.tests.place import NEXT_NO, STREET_NO, Ground
from shequtong.access.usecases import CannotSetFunctions, set_functions
from shequtong.audit.models import Entry
from shequtong.core.actors import Grant
from shequtong.core.refusals import Forbidden

NOW = datetime(2026, 4, 13, 4, tzinfo=UTC)
DISPATCH, HANDLE = "cases.dispatch", "cases.handle"


def publish(ground: Ground, **functions: tuple[str, ...]) -> bool:
    """By permission of cases, without its area."""
    told = {f"cases.{name}": codes for name, codes in functions.items()}
    return set_functions(street=ground.street, functions=told, by=TOWN_HALL, now=NOW)


def test_a_function_given_and_taken_holds_for_posts_of_that_street_alone(ground: Ground) -> None:
    publish(ground, dispatch=("acceptor",))

    assert make_actor("acceptor", ground.precinct).reach(DISPATCH).grants == (Grant(STREET_NO, "D/A/P1/"),)
    assert not make_actor("dispatcher", ground.precinct).may(DISPATCH)
    assert make_actor("dispatcher", ground.next_street).may(DISPATCH)
    assert not make_actor("acceptor", ground.next_street).may(DISPATCH)


def test_a_station_role_gains_by_station_and_keeps_what_it_held_as_far_as_before(ground: Ground) -> None:
    publish(ground, call_back=("station_head",), intake=("station_head",))
    head = make_actor("station_head", station=ground.police)

    assert head.reach("cases.call_back").grants == (Grant(STREET_NO, station=ground.police.pk),)
    assert head.in_use is not None
    assert head.in_use.role.scopes_of("cases.intake") == (Scope.TERRITORY,)


def test_what_is_not_named_any_more_goes_back_to_the_table(ground: Ground) -> None:
    publish(ground, dispatch=("acceptor",), close=("dispatcher",))
    publish(ground, close=("dispatcher",))

    assert make_actor("dispatcher", ground.precinct).may(DISPATCH)
    assert {(row.permission, row.role) for row in FunctionRole.objects.all()} == {("cases.close", "dispatcher")}


def test_the_same_again_changes_nothing_and_leaves_no_trace(ground: Ground) -> None:
    assert publish(ground, dispatch=("acceptor", "dispatcher"))
    before = Entry.objects.count()

    assert not publish(ground, dispatch=("dispatcher", "acceptor"))
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("permission", "codes"),
    [
        ("access.appoint", ("precinct_head",)),  # an administrator's
        ("access.map_functions", ("precinct_head",)),  # the giving itself
        ("cases.run_clock", ("precinct_head",)),  # nobody's: the worker's
        ("cases.evaluate", ("precinct_head",)),  # the resident's own
        ("cases.dispatch", ()),
        ("cases.dispatch", ("audit_admin",)),
        ("cases.dispatch", ("wizard",)),
    ],
)
def test_what_a_street_may_not_give_is_refused(ground: Ground, permission: str, codes: tuple[str, ...]) -> None:
    with pytest.raises(CannotSetFunctions):
        set_functions(street=ground.street, functions={permission: codes}, by=TOWN_HALL, now=NOW)
    assert not FunctionRole.objects.exists()


def test_only_the_supervisor_of_the_street_may(ground: Ground) -> None:
    told = {DISPATCH: ("acceptor",)}
    for by in (make_actor("precinct_head", ground.precinct), make_actor("subdistrict_supervisor", ground.next_street)):
        with pytest.raises(Forbidden):
            set_functions(street=ground.street, functions=told, by=by, now=NOW)
    assert set_functions(street=ground.street, functions=told, by=make_actor("subdistrict_supervisor", ground.street), now=NOW)
    assert Entry.objects.filter(what="access.functions_set").get().facts


def test_residents_and_administrators_are_untouched(ground: Ground) -> None:
    publish(ground, intake=("acceptor",), reopen=("acceptor",))

    assert make_actor().may("cases.intake")
    assert make_actor().may("cases.reopen")
    admin = roles.table().roles["system_admin"]
    assert with_functions(admin, {"cases.dispatch": frozenset({"system_admin"})}) is admin
    assert not mappable() & admin.permissions


def test_a_row_that_may_not_be_given_any_more_counts_for_nothing(ground: Ground) -> None:
    FunctionRole.objects.create(subdistrict_id=STREET_NO, permission="access.appoint", role="precinct_head")
    assert not make_actor("precinct_head", ground.precinct).may("access.appoint")


def test_who_holds_what_is_told_by_street(ground: Ground) -> None:
    head = make_actor("precinct_head", ground.precinct, name="Chen")
    make_actor("dispatcher", ground.next_street)

    assert holders(STREET_NO, NOW.date()) == {"precinct_head": {head.account_id: head.name}}
    assert set(holders(NEXT_NO, NOW.date())) == {"dispatcher"}
    assert roles_holding(DISPATCH, {DISPATCH: frozenset({"clerk"})}) == {"clerk"}
    assert "precinct_head" in roles_holding(DISPATCH, {})
    assert HANDLE in mappable()
