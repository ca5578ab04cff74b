"""One reference at the same moment from places in two subdistricts: one case, though no constraint reaches over both."""

from itertools import cycle, islice

import pytest

from shequtong.cases.models import Case
from shequtong.interchange import rates
from shequtong.interchange.testing import make_key
from shequtong.interchange.tests.api import NEW, Caller
from shequtong.testing.at_once import at_once
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


def test_one_reference_at_once_is_one_case_wherever_its_places_are(town: Town) -> None:
    rates.forget()
    key = make_key(town.district, may="read,create")[1]
    lon, lat = point(0.5, 5.5)  # in the next street
    asked = islice(cycle([{**NEW, "reference": "WO-7"}, {**NEW, "lon": lon, "lat": lat, "reference": "WO-7"}]), MANY)
    answers = at_once(*[lambda new=new: Caller(key).made("cases", new)["number"] for new in asked])
    assert len(set(answers)) == Case.objects.count() == 1, answers
