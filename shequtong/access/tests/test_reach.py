"""How far an actor reaches: by the one post in use, by one's own cases, by a key in hand; never further."""

from datetime import date

import pytest

from shequtong.access.posts import posts_of
from shequtong.access.testing import make_actor, make_anonymous, make_appointment
from shequtong.access.tests.place import DISTRICT_NO, NEXT_NO, STREET_NO, Ground
from shequtong.accounts.testing import make_account
from shequtong.core.actors import Facts, Grant
from shequtong.core.refusals import Forbidden

CASE = 7


class Thing:
    """Something that lies somewhere."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def reach_facts(self) -> Facts:
        return self._facts


def _in_grid(**more: object) -> Facts:
    return Facts(STREET_NO, "D/A/P1/G/", object_id=(STREET_NO << 46) + CASE, **more)  # type: ignore[arg-type]  # test data


def test_a_territorial_post_covers_its_unit_and_all_below(ground: Ground) -> None:
    head = make_actor("precinct_head", ground.precinct)

    assert head.reach("cases.dispatch").covers(_in_grid())
    assert not head.reach("cases.dispatch").covers(Facts(STREET_NO, "D/A/P10/G/"))
    assert not head.reach("cases.dispatch").covers(Facts(NEXT_NO, "D/B/"))


def test_the_same_post_in_the_next_street_is_refused(ground: Ground) -> None:
    gao = make_actor("precinct_head", ground.next_street)

    with pytest.raises(Forbidden):
        gao.require("cases.dispatch", Thing(_in_grid()))


def test_a_station_acts_on_its_own_cases_and_sees_headers_of_the_street(ground: Ground) -> None:
    handler = make_actor("station_handler", station=ground.police)

    assert handler.reach("cases.handle").grants == (Grant(STREET_NO, station=ground.police.pk),)
    assert handler.reach("cases.handle").covers(_in_grid(stations=frozenset({ground.police.pk})))
    assert not handler.reach("cases.view").covers(_in_grid(stations=frozenset({ground.city_management.pk})))
    assert handler.reach("cases.view_header").covers(_in_grid())
    assert not handler.reach("cases.view_header").covers(Facts(NEXT_NO, "D/B/"))


def test_a_district_post_reaches_every_street_below_and_its_own_rows(ground: Ground) -> None:
    viewer = make_actor("district_viewer", ground.district)

    assert viewer.reach("cases.view_header").subdistricts == (DISTRICT_NO, STREET_NO, NEXT_NO)
    assert not viewer.may("cases.dispatch")


def test_everybody_reaches_what_they_told_and_nothing_else(ground: Ground) -> None:
    resident, other = make_actor(), make_actor()

    mine = _in_grid(reporter_account=resident.account_id)
    assert resident.reach("cases.view").covers(mine)
    assert resident.reach("cases.evaluate").covers(mine)
    assert not resident.reach("cases.dispatch").covers(mine)
    assert not other.reach("cases.view").covers(mine)
    assert make_actor("clerk", ground.next_street, account=None).reach("cases.view").own_account is not None


def test_a_key_in_hand_opens_one_case_without_an_account() -> None:
    thing = Thing(_in_grid())
    nobody, holder = make_anonymous(), make_anonymous((STREET_NO << 46) + CASE)

    holder.require("cases.view", thing)
    with pytest.raises(Forbidden):
        nobody.require("cases.view", thing)
    with pytest.raises(Forbidden):
        holder.require("cases.dispatch", thing)
    assert nobody.may("cases.intake")
    assert not nobody.may("cases.view")


@pytest.mark.parametrize(
    ("day", "counts"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-09", True), ("2026-03-10", False)]
)
def test_an_appointment_counts_from_its_first_to_its_last_day(ground: Ground, day: str, counts: bool) -> None:
    account = make_account(staff=True)
    make_appointment(account, "dispatcher", ground.precinct, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 9))

    assert bool(posts_of(account.pk, date.fromisoformat(day))) is counts


def test_rights_come_from_the_one_post_in_use(ground: Ground) -> None:
    account = make_account(staff=True)
    make_appointment(account, "dispatcher", ground.next_street)
    clerk = make_actor("clerk", ground.precinct, account=account)

    assert len(clerk.posts) == 2
    assert not clerk.may("cases.dispatch")


def test_administrators_see_no_case(ground: Ground) -> None:
    for role in ("system_admin", "security_admin", "audit_admin"):
        admin = make_actor(role)
        assert not admin.reach("cases.view").covers(_in_grid())
        assert not admin.may("cases.view_header")
    assert make_actor("audit_admin").reach("audit.view").everything
    assert not make_actor("system_admin").may("access.appoint")
