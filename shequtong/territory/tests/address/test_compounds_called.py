"""compounds_called: a community, a road or a name leads to the estates one may choose among."""

import pytest
from pytest_django import DjangoAssertNumQueries

from shequtong.territory.address import compounds_called
from shequtong.territory.models import Compound, Unit
from shequtong.territory.testing import NOON, SYSTEM, Ground
from shequtong.territory.units import under
from shequtong.territory.usecases.add_compound import add_compound

pytestmark = pytest.mark.django_db


@pytest.fixture
def estates(ground: Ground) -> tuple[Compound, Compound]:
    community = ground.grids[0].parent
    assert community is not None
    return (
        add_compound(name="名城花园", community_id=community.pk, by=SYSTEM, now=NOON, street="枫桥路", house_no="12号"),
        add_compound(name="塔园雅苑", community_id=community.pk, by=SYSTEM, now=NOON, street="塔园路", house_no="88号"),
    )


def called(text: str, place: int) -> list[str]:
    return [one.name for one in compounds_called(text, (place,))]


def test_by_community_road_and_part_of_the_name(
    estates: tuple[Compound, Compound], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    garden, place = estates[0], estates[0].subdistrict_id
    community = next(one for one in under("", Unit.Kind.COMMUNITY) if one.path == garden.unit_path)
    with django_assert_num_queries(1):
        assert called(community.name, place) == ["名城花园", "塔园雅苑"]
    assert called(community.name.removesuffix("社区"), place) == ["名城花园", "塔园雅苑"]
    assert called("枫桥路", place) == ["名城花园"]
    assert called("雅苑", place) == ["塔园雅苑"]


@pytest.mark.parametrize("text", ["", "园", "枫桥路12号", "名城花园3幢", "长江大桥"])
def test_what_names_a_house_or_nothing_leads_to_none(estates: tuple[Compound, Compound], text: str) -> None:
    assert called(text, estates[0].subdistrict_id) == []


def test_not_in_the_next_street(estates: tuple[Compound, Compound]) -> None:
    assert compounds_called("枫桥路", ()) == []
    assert called("枫桥路", estates[0].subdistrict_id + 1) == []
