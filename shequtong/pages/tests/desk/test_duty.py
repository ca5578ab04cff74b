"""The roster on the desk: a night is put on, copied to the next week, taken off; nonsense comes back with its reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from shequtong.access.testing import make_appointment
from shequtong.accounts.testing import make_account, signed_in
from shequtong.core import held
from shequtong.organizations.duty import REVISION
from shequtong.organizations.models import DutyShift
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def night(town: Town, **other: object) -> dict[str, object]:
    day = next_monday().isoformat()
    return {"person": town.accounts["wang"].pk, "first": day, "last": day, "begins": "18:00", "ends": "08:00", **other}


def test_a_week_is_kept_by_the_head_of_the_station(town: Town) -> None:
    browser, monday = signed_in(town.accounts["wang"]), next_monday()
    assert browser.post("/desk/duty/", night(town)).status_code == 302
    page = browser.get(f"/desk/duty/?week={monday}")
    shift = DutyShift.objects.get()
    assert "王强" in page.content.decode()
    assert f"/desk/duty/{shift.pk}/remove/" in page.content.decode()
    assert shift.ends_at - shift.starts_at == timedelta(hours=14)

    assert browser.post("/desk/duty/copy/", {"monday": monday.isoformat(), "weeks": "2"}).status_code == 302
    assert DutyShift.objects.count() == 3
    assert browser.post(f"/desk/duty/{shift.pk}/remove/", {}).status_code == 302
    assert DutyShift.objects.filter(removed_at=None).count() == 2


def test_what_cannot_be_comes_back_with_its_reason(town: Town) -> None:
    browser = signed_in(town.accounts["wang"])
    for wrong in ({"person": town.accounts["zhou"].pk}, {"last": "2020-01-01"}, {"first": "morgen"}):
        assert browser.post("/desk/duty/", night(town, **wrong)).status_code == 422
    assert browser.get("/desk/duty/?week=nonsense").status_code == 200
    assert browser.post("/desk/duty/copy/", {"monday": "2026-04-13", "weeks": "99"}).status_code == 302
    assert not DutyShift.objects.exists()


def kept(page: str) -> bool:
    """Whether the page offers to put somebody on or take a shift off."""
    return 'name="person"' in page or "/remove/" in page or 'name="weeks"' in page


def on_tonight(town: Town) -> None:
    """Wang's station has somebody on the roster now: Wang."""
    now = timezone.now()
    hours = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=8), "made_at": now}
    DutyShift.objects.create(station=town.police, account_id=town.accounts["wang"].pk, name="王强", made_by="王强", **hours)
    held.changed(REVISION)


def test_who_came_on_duty_on_sunday_evening_stands_on_monday_till_the_shift_ends(town: Town) -> None:
    browser, monday = signed_in(town.accounts["wang"]), next_monday()
    sunday = (monday - timedelta(days=1)).isoformat()
    assert browser.post("/desk/duty/", night(town, first=sunday, last=sunday)).status_code == 302
    week = browser.get(f"/desk/duty/?week={monday}").content.decode()
    assert f"{gettext('day before')} 18:00–08:00" in week
    assert 'name="weeks"' not in week  # nothing of this week's own is there to copy
    before = browser.get(f"/desk/duty/?week={monday - timedelta(days=7)}").content.decode()
    assert f"18:00–{gettext('next day')} 08:00" in before
    assert "18:00–" not in browser.get(f"/desk/duty/?week={monday + timedelta(days=7)}").content.decode()


def test_who_works_there_reads_the_roster_and_does_not_keep_it(town: Town) -> None:
    on_tonight(town)
    account = make_account("高警官", staff=True)
    make_appointment(account, "station_handler", town.precinct, town.police)
    browser = signed_in(account)
    page = browser.get("/desk/duty/").content.decode()
    assert "王强" in page
    assert not kept(page)
    assert browser.post("/desk/duty/", night(town)).status_code == 404
    assert browser.post("/desk/duty/copy/", {"monday": next_monday().isoformat(), "weeks": "1"}).status_code == 404
    assert browser.get(f"/desk/duty/?station={town.urban.pk}").content.decode().count("王强")  # one's own, whatever is named


def test_an_office_reads_who_is_on_duty_in_its_street_alone(town: Town) -> None:
    on_tonight(town)
    board = signed_in(town.accounts["lin"]).get("/desk/duty/").content.decode()
    assert "王强" in board
    assert f"?station={town.urban.pk}" in board
    assert f"?station={town.next_police.pk}" not in board
    assert "王强" not in signed_in(town.accounts["gao"]).get("/desk/duty/").content.decode()

    browser = signed_in(town.accounts["lin"])
    week = browser.get(f"/desk/duty/?station={town.police.pk}").content.decode()
    assert "王强" in week
    assert not kept(week)
    for wrong in (str(town.next_police.pk), "999999", "-1", "x", "9" * 40, "１"):
        assert browser.get("/desk/duty/", {"station": wrong}).status_code == 404
    assert browser.post(f"/desk/duty/?station={town.police.pk}", night(town)).status_code == 404
