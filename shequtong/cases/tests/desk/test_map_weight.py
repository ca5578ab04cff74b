"""What a view of the map costs: of a case only what a sign tells."""

import pytest

from shequtong.accounts.testing import signed_in
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.testing.statements import count_statements
from shequtong.testing.town import LAT, LON, Town

pytestmark = pytest.mark.django_db


def test_a_view_loads_no_more_of_a_case_than_it_tells(town: Town) -> None:
    """Up to three hundred are loaded for a view; what a sign does not tell would cost more than the rest of it."""
    for _turn in range(3):
        make_case(town, stage=Stage.HANDLING)
    browser = signed_in(town.accounts["chen"])
    box = ",".join(map(str, (LON - 0.05, LAT - 0.05, LON + 0.1, LAT + 0.1)))
    with count_statements() as asked:
        assert browser.get(f"/desk/cases/map/view/?bbox={box}&zoom=13").json()["n"] == 3
    told = [one.sql for one in asked.statements if '"cases_case"."title"' in one.sql]
    assert len(told) == 1, asked.listing  # nothing is asked for case by case
    assert '"cases_case"."text"' not in told[0]
    assert told[0].count('"cases_case".') < 40, told[0]
