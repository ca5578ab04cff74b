"""The roster on the desk: a night is put on, copied to the next week, taken off; nonsense comes back with its reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from shequtong.accounts.testing import signed_in
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
