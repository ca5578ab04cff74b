"""What may be the same matter is found by place, class and time, and ranked by its words."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from shequtong.accounts.testing import signed_in
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case
from shequtong.cases.nearby import likeness, near_case, near_spot
from shequtong.cases.places import find_spot
from shequtong.cases.testing import make_case
from shequtong.cases.workflow import Stage
from shequtong.core.geo import distance_m
from shequtong.testing.statements import count_statements
from shequtong.testing.town import LAT, LON, MORNING, STEP, Town

LIGHT = "楼道灯坏了三天，晚上老人上下楼不安全。"
SOON = MORNING + timedelta(hours=1)
METRE = 0.99999 / 111_195  # of latitude, in degrees


def at(metres_north: float) -> dict[str, Any]:
    """A point so far from the middle of the first grid."""
    return {"building_id": None, "point": (LON + STEP / 2, LAT + STEP / 2 + metres_north * METRE)}


def found(point: object, text: str = LIGHT, cls: str = "L01") -> list[str]:
    spot = find_spot(None, point, "", "")  # type: ignore[arg-type]  # a dictionary of arguments of many kinds
    assert spot is not None
    return [near.case.number for near in near_spot(spot, text, SOON, class_id=catalogue().by_code[cls].id)]


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("路灯坏了", "路灯坏了", 1, 1),
        ("路灯坏了", "路灯坏了。", 1, 1),  # marks are no words
        ("楼道灯坏了三天", "楼道灯三天不亮", 0.2, 0.5),
        ("楼道灯坏了", "井盖翘起", 0, 0),
        ("", "井盖翘起", 0, 0),
        ("灯", "灯", 0, 0),  # one letter has no neighbour
    ],
)
def test_likeness_is_the_share_of_neighbours_in_common(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(one, other) <= most
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.django_db
class TestNearby:
    def test_within_fifty_metres_and_no_further(self, town: Town) -> None:
        near, far = make_case(town, **at(50)), make_case(town, **at(50.1))
        here = at(0)["point"]
        assert [round(distance_m(here[0], here[1], one.lon or 0, one.lat or 0), 1) for one in (near, far)] == [50.0, 50.1]
        assert found(here) == [near.number]

    def test_of_the_same_class_and_of_three_days(self, town: Town) -> None:
        make_case(town, cls="L02", **at(5))
        make_case(town, now=SOON - timedelta(days=3, seconds=1), **at(5))
        to_the_second = make_case(town, now=SOON - timedelta(days=3), **at(5))
        assert found(at(0)["point"]) == [to_the_second.number]

    def test_only_open_ones_that_may_be_known_of(self, town: Town) -> None:
        make_case(town, stage=Stage.CLOSED, **at(1))
        make_case(town, stage=Stage.HELD, held=("insult",), **at(1))
        make_case(town, confidential=True, **at(1))
        make_case(town, is_history=True, **at(1))
        assert found(at(0)["point"]) == []

    def test_the_likest_words_first(self, town: Town) -> None:
        other = make_case(town, text="电梯口的感应灯一直闪，很刺眼。", **at(1))
        same = make_case(town, text="楼道灯坏了好几天，老人晚上下楼不安全。", **at(30))
        assert found(at(0)["point"]) == [same.number, other.number]

    def test_an_address_without_a_point_is_near_nothing(self, town: Town) -> None:
        make_case(town, **at(1))
        spot = find_spot(None, None, "枫桥路", town.grid.path)
        assert spot is not None
        assert near_spot(spot, LIGHT, SOON) == []

    def test_of_a_case_not_itself(self, town: Town) -> None:
        one, other = make_case(town), make_case(town)
        assert [near.case.pk for near in near_case(one, SOON, by=town.chen)] == [other.pk]
        assert near_case(one, SOON, by=town.gao) == []

    def test_one_statement_that_reads_an_index_among_ten_thousand(self, town: Town) -> None:
        model = Case.objects.get(pk=make_case(town).pk)
        rows = []
        for n in range(10_000):
            model.pk, model.serial, model.tile = None, 10_000 + n, model.tile + 977
            model.due_at = MORNING + timedelta(minutes=n)
            rows.append(
                Case(
                    **{
                        field.attname: getattr(model, field.attname)
                        for field in Case._meta.concrete_fields
                        if not field.generated and field.name != "id"
                    }
                )
            )
        Case.objects.bulk_create(rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        case, chen = make_case(town), town.chen
        near_case(case, SOON, by=chen)
        sent: list[tuple[str, Any]] = []

        def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # a dictionary of arguments of many kinds
            sent.append((sql, params))
            return execute(sql, params, many, context)

        with count_statements() as seen, connection.execute_wrapper(note):
            assert len(near_case(case, SOON, by=chen)) == 1
        assert seen.total == 1, seen.listing
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        with connection.cursor() as cursor:
            cursor.execute(explain + sent[-1][0], sent[-1][1])
            plan = "\n".join(str(row) for row in cursor.fetchall())
        assert "cases_case_tile" in plan or "cases_case_open_tile" in plan, plan
        assert not [word for word in ("SCAN cases_case", "Seq Scan") if word in plan], plan

    def test_the_window_sees_what_is_open_there_before_it_takes_another_down(self, town: Town) -> None:
        case = make_case(town, now=timezone.now() - timedelta(hours=1))
        page = signed_in(town.accounts["shen"]).get(f"/desk/cases/new/?building={town.building.pk}").content.decode()
        assert f"/desk/cases/{case.number}/" in page
        assert "merge/?into=" not in page
