"""The tree is read once, then answers without a statement."""

import pytest
from pytest_django import DjangoAssertNumQueries

from shequtong.core.held import STALE_AFTER
from shequtong.territory import units
from shequtong.territory.testing import Ground


def test_paths_say_each_level_once(ground: Ground) -> None:
    assert ground.grids[0].path == "320505/002/P1/015/001/"
    assert ground.next_community.path == "320505/003/007/"


def test_ancestors_from_the_district_down(ground: Ground) -> None:
    found = units.ancestors(ground.grids[0].path)
    assert [one.name for one in found] == ["虎丘区", "狮山街道", "第一片区", "馨泰社区", "第1网格"]
    above = units.above(ground.grids[0].path, "community")
    assert above is not None
    assert above.id == ground.community.pk


def test_children_sort_by_pinyin_and_subtrees_end_at_their_border(ground: Ground) -> None:
    assert [one.name for one in units.children(ground.precinct.pk)] == ["万枫社区", "馨泰社区"]
    assert len(units.under(ground.community.path)) == 5
    assert [one.kind for one in units.under("320505/00", "subdistrict")] == []


def test_costs_no_statement_when_warm(ground: Ground, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    units.tree()
    with django_assert_num_queries(0):
        assert units.unit(ground.community.pk).name == "馨泰社区"
        assert units.with_code("320505003") == units.at_path(ground.next_street.path)
    assert STALE_AFTER <= 2


def test_a_unit_nobody_made(ground: Ground) -> None:
    assert units.at_path("320505/999/") is None
    with pytest.raises(KeyError):
        units.unit(999)
