"""How the cases of a root-cause project are found (查询计划): along the index of what may be counted, however many others there are."""

import pytest
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from shequtong.cases.lookups.roots import told_at
from shequtong.cases.models import Case
from shequtong.cases.roots import BEFORE
from shequtong.cases.testing import make_root
from shequtong.testing.permission_table import undone
from shequtong.testing.plans import plans
from tests.counted.conftest import Measured

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("counted")]


@pytest.mark.parametrize("rank", "01234")
def test_cases_of_a_class_at_a_place_are_found_along_their_index(rank: str, measured: Measured) -> None:
    town = measured.scene.town
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads a small table says nothing of a large one")
    rest = {"0": town.building.pk, "1": 1, "2": town.grid.path, "3": town.community.path, "4": town.street.path}[rank]
    kind, since = Case.objects.filter(building=town.building).values_list("case_class", flat=True)[0], timezone.now() - BEFORE
    told = told_at(town.building.subdistrict_id, kind, f"{rank}{rest}", since)
    for read in (lambda: told.aggregate(Max("received_at")), lambda: list(told.order_by("-received_at", "-id")[:21])):
        with plans("cases_case") as found:
            read()
        ((sql, plan),) = found
        assert "INDEX cases_case_told (subdistrict_id=? AND case_class_id=? AND received_at>?)" in plan[0][3], f"{plan}\n{sql}"
        assert not [row[3] for row in plan if "TEMP B-TREE" in row[3]], plan


@pytest.mark.parametrize("who", ["chen", "wang", "supervisor"])
def test_the_page_of_a_project_reads_no_other_case(who: str, measured: Measured) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL reads a small table says nothing of a large one")
    with undone():
        root = make_root(measured.scene.town)
        with plans("cases_case") as found:
            assert measured.scene.browser(who).get(f"/desk/roots/{root.pk}/").status_code == 200
        for sql, plan in found:
            assert "INDEX cases_case_told" in plan[0][3], f"{plan}\n{sql}"
