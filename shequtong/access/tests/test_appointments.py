"""appoint, end_appointment: days, deputies, contradictions; and that what ended gives nothing at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from shequtong.access.models import Appointment
from shequtong.access.posts import posts_of
from shequtong.access.testing import TOWN_HALL, browser_of, make_actor, make_appointment
from shequtong.access.tests.place import Ground
from shequtong.access.usecases import CannotAppoint, CannotEndAppointment, appoint, end_appointment
from shequtong.accounts.testing import make_account
from shequtong.audit.models import Entry
from shequtong.core.refusals import Forbidden

NOW = datetime(2026, 4, 13, 4, tzinfo=UTC)
TODAY = date(2026, 4, 13)


def test_leaves_a_trace_and_makes_one_of_staff(ground: Ground) -> None:
    security, account = make_actor("security_admin"), make_account("Lin")

    row = appoint(account_id=account.pk, role="dispatcher", unit=ground.precinct, starts_on=TODAY, by=security, now=NOW)

    account.refresh_from_db()
    assert account.is_staff_member
    assert (row.subdistrict_id, row.account_name) == (ground.street.subdistrict_id, "Lin")
    entry = Entry.objects.get(subdistrict=row.subdistrict_id, what="access.appointed", object_id=row.pk)
    assert (entry.account_id, entry.facts["role"]) == (security.account_id, "dispatcher")


def test_only_the_security_administrator_and_who_leads_the_street_give_rights(ground: Ground) -> None:
    account = make_account()
    next_door = make_actor("subdistrict_supervisor", ground.next_street)
    for by in (make_actor("system_admin"), make_actor("precinct_head", ground.street), next_door, make_actor()):
        with pytest.raises(Forbidden):
            appoint(account_id=account.pk, role="clerk", unit=ground.street, starts_on=TODAY, by=by, now=NOW)
    assert not Appointment.objects.filter(account_id=account.pk).exists()


def test_nobody_appoints_themselves(ground: Ground) -> None:
    security = make_actor("security_admin")
    with translation.override("en"), pytest.raises(CannotAppoint, match="Nobody appoints themselves"):
        appoint(account_id=security.account_id, role="clerk", unit=ground.street, starts_on=TODAY, by=security, now=NOW)


@pytest.mark.parametrize(
    ("role", "at", "station"),
    [
        ("mayor", "street", ""),
        ("station_head", "street", ""),
        ("dispatcher", "street", "police"),
        ("dispatcher", "", ""),
        ("station_head", "next_street", "police"),
    ],
)
def test_contradictions_are_refused(ground: Ground, role: str, at: str, station: str) -> None:
    with pytest.raises(CannotAppoint):
        make_appointment(make_account(), role, getattr(ground, at) if at else None, getattr(ground, station) if station else None)


def test_the_same_post_twice_at_a_time_is_refused(ground: Ground) -> None:
    account = make_account()
    make_appointment(account, "dispatcher", ground.precinct, ends_on=timezone.localdate() + timedelta(days=5))
    with pytest.raises(CannotAppoint):
        make_appointment(account, "dispatcher", ground.precinct, starts_on=timezone.localdate() + timedelta(days=5))
    make_appointment(account, "dispatcher", ground.precinct, starts_on=timezone.localdate() + timedelta(days=6))


def test_a_deputy_has_the_post_for_their_days(ground: Ground) -> None:
    principal, deputy = make_account("Chen"), make_account("Lu")
    post = make_appointment(principal, "precinct_head", ground.precinct)
    make_appointment(deputy, "", stands_in_for=post, starts_on=TODAY, ends_on=TODAY + timedelta(days=2))

    (found,) = posts_of(deputy.pk, TODAY + timedelta(days=2))
    assert (found.role.code, found.path, found.stands_in) == ("precinct_head", ground.precinct.path, True)
    assert posts_of(deputy.pk, TODAY + timedelta(days=3)) == ()


def test_a_deputy_needs_an_end_and_no_deputy_of_their_own(ground: Ground) -> None:
    post = make_appointment(make_account(), "precinct_head", ground.precinct)
    deputy = make_account()
    with pytest.raises(CannotAppoint):
        make_appointment(deputy, "", stands_in_for=post)
    standing = make_appointment(deputy, "", stands_in_for=post, starts_on=TODAY, ends_on=TODAY)
    with pytest.raises(CannotAppoint):
        make_appointment(make_account(), "", stands_in_for=standing, starts_on=TODAY, ends_on=TODAY)


def test_what_ended_gives_nothing_at_once_not_even_to_a_deputy(ground: Ground) -> None:
    security, chen, lu = make_actor("security_admin"), make_account(), make_account()
    post = make_appointment(chen, "precinct_head", ground.precinct)
    make_appointment(lu, "", stands_in_for=post, ends_on=date(2999, 1, 1), starts_on=TODAY)

    assert posts_of(chen.pk, TODAY)  # held in memory from here on
    assert posts_of(lu.pk, TODAY)

    end_appointment(appointment_id=post.pk, reason="Moved on", by=security, now=datetime.now(UTC))

    assert posts_of(chen.pk, timezone.localdate()) == posts_of(lu.pk, timezone.localdate()) == ()
    with pytest.raises(CannotEndAppointment):
        end_appointment(appointment_id=post.pk, reason="Again", by=security, now=NOW)


def test_ending_needs_the_right_and_a_reason(ground: Ground) -> None:
    post = make_appointment(make_account(), "clerk", ground.street)
    with pytest.raises(Forbidden):
        end_appointment(appointment_id=post.pk, reason="Why not", by=make_actor("precinct_head", ground.street), now=NOW)
    with pytest.raises(CannotEndAppointment):
        end_appointment(appointment_id=post.pk, reason="  ", by=TOWN_HALL, now=NOW)


def test_a_page_open_in_a_post_that_ends_is_closed_at_the_next_request(ground: Ground) -> None:
    head = make_actor("precinct_head", ground.precinct)
    browser = browser_of(head)
    assert browser.get("/account/home/").headers["Location"] == "/desk/"
    assert head.in_use is not None
    end_appointment(appointment_id=head.in_use.appointment_id, reason="Moved on", by=TOWN_HALL, now=datetime.now(UTC))
    assert browser.get("/account/home/").headers["Location"] == "/"


def test_acting_in_another_of_ones_posts(ground: Ground) -> None:
    account = make_account("Chen", staff=True)
    first = make_appointment(account, "dispatcher", ground.precinct)
    second = make_appointment(account, "clerk", ground.next_street)
    browser = browser_of(make_actor(account=account))
    page = browser.get("/account/").content.decode()
    assert f'value="{first.pk}" aria-current="true"' in page
    assert f'value="{second.pk}"' in page

    assert browser.post("/account/appointment/", {"appointment": str(second.pk), "next": "/account/"}).status_code == 302
    assert f'value="{second.pk}" aria-current="true"' in browser.get("/account/").content.decode()
    evil = browser.post("/account/appointment/", {"appointment": str(first.pk), "next": "//evil.example/"})
    assert evil.headers["Location"] == "/account/"


def test_another_persons_post_cannot_be_put_to_use(ground: Ground) -> None:
    other = make_appointment(make_account(), "precinct_head", ground.precinct)
    browser = browser_of(make_actor("clerk", ground.precinct))
    assert browser.post("/account/appointment/", {"appointment": str(other.pk)}).status_code == 404


def test_a_post_written_into_a_session_by_hand_counts_for_nothing(ground: Ground) -> None:
    other = make_appointment(make_account(), "precinct_head", ground.precinct)
    browser = browser_of(make_actor())
    session = browser.session
    session["appointment"] = str(other.pk)
    session.save()
    assert browser.get("/account/home/").headers["Location"] == "/"
