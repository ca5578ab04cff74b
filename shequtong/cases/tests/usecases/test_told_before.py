"""The same message brought in by two at once (重复导入): both end with the one case that is there."""

import sys

import pytest
from django.db import IntegrityError, connection

from shequtong.access.testing import make_anonymous
from shequtong.cases.models import Case, Reporter
from shequtong.cases.usecases import NewCase, NewReporter, open_case
from shequtong.testing.plans import plans
from shequtong.testing.town import MORNING, STREET, Town

pytestmark = pytest.mark.django_db
MODULE = sys.modules["shequtong.cases.usecases.open_case"]  # its package names the function alike


def told(town: Town, ref: str) -> NewCase:
    return NewCase(
        "L01",
        "楼道灯坏了三天，晚上很黑。",
        "resident",
        building_id=town.building.pk,
        reporter=NewReporter(),
        source="messages",
        source_ref=ref,
    )


def test_who_is_slower_gets_the_case_of_who_was_faster(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_case(new=told(town, "42"), by=make_anonymous(), now=MORNING)
    looked: list[Case | None] = [None, first]  # the other commits between the look and the INSERT
    monkeypatch.setattr(MODULE, "_told_before", lambda new, spot: looked.pop(0))

    second = open_case(new=told(town, "42"), by=make_anonymous(), now=MORNING)

    assert second.pk == Case.objects.get(subdistrict=STREET).pk == first.pk
    assert Reporter.objects.filter(subdistrict=STREET).count() == 1


def test_another_fault_is_not_taken_for_a_repeat(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_case(new=told(town, "42"), by=make_anonymous(), now=MORNING)
    monkeypatch.setattr(MODULE, "next_number", lambda name: first.serial)
    with pytest.raises(IntegrityError):
        open_case(new=told(town, "43"), by=make_anonymous(), now=MORNING)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL reads a table of a test from end to end whatever its indexes"
)
def test_whether_it_is_there_already_is_asked_of_an_index(town: Town) -> None:
    with plans("cases_case") as read:
        open_case(new=told(town, "42"), by=make_anonymous(), now=MORNING)
    ours = [plan for sql, plan in read if '"source_ref" =' in sql]
    assert ours
    assert all("cases_case_source" in str(plan) for plan in ours), ours
