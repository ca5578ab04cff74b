"""Looks in the same moment: the limit of an hour lets through as many as it says, however many are asked for at once."""

import sys

import pytest
from django.utils import timezone

from shequtong.audit.models import SecurityEvent
from shequtong.audit.reveal import CannotReveal
from shequtong.people.models import CareOpening
from shequtong.people.testing import make_person, make_room
from shequtong.people.usecases import CannotOpen, open_care, reveal_fact
from shequtong.testing.at_once import at_once
from shequtong.testing.town import Town

pytestmark = pytest.mark.django_db(transaction=True)
MANY, MAY = 6, 2
REASON = "核对高龄津贴"


def test_as_many_values_as_an_hour_has(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shequtong.audit.reveal.REVEALS_AN_HOUR", MAY)
    person = make_person(make_room(town.building), "王德发", phone="16100000001", now=timezone.now())
    by = town.hu

    def look() -> str:
        return reveal_fact(person=person, set_name="", fact="phone", reason=REASON, by=by, now=timezone.now())

    answers = at_once(*[look] * MANY)
    assert sum(isinstance(one, str) for one in answers) == MAY
    assert sum(isinstance(one, CannotReveal) for one in answers) == MANY - MAY
    assert (
        SecurityEvent.objects.filter(kind="revealed").count()
        == SecurityEvent.objects.filter(kind="reveal_counted").count()
        == MAY
    )


def test_as_many_openings_as_an_hour_has(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[open_care.__module__], "OPENINGS_AN_HOUR", MAY)
    by = town.supervisor
    answers = at_once(*[lambda: open_care(reason=REASON, by=by, now=timezone.now())] * MANY)
    assert sum(isinstance(one, CannotOpen) for one in answers) == MANY - MAY
    assert CareOpening.objects.count() == MAY
