"""What `make bench ARGS="--city"` says of growth (增长口径): each page against the small city, a street's against a street of as many cases."""

from typing import Any

from bench.city import GROWN, IN_STREET, grown

SMALL, LARGE = 10_000, 1_000_000


def of(name: str, size: int, ms: float) -> dict[str, Any]:
    return {"name": f"{name}, p95", "value": ms, "unit": "ms", "bar": 100.0, "engine": "postgresql", "size": size}


def told(*results: dict[str, Any]) -> dict[str, tuple[float, float | None]]:
    return {one["name"]: (one["value"], one["bar"]) for one in grown(list(results))}


def test_a_page_of_the_district_has_the_small_city_as_its_measure() -> None:
    assert told(of("district: desk", SMALL, 20.0), of("district: desk", LARGE, 30.0)) == {"district: desk, grown": (1.5, GROWN)}


def test_a_page_of_a_street_has_the_street_as_its_measure_and_the_small_city_beside_it() -> None:
    street = of("queue: open", SMALL, 24.0)
    street["name"] += IN_STREET
    found = told(of("queue: open", SMALL, 15.0), street, of("queue: open", LARGE, 30.0))
    assert found == {"queue: open, grown from one street": (1.25, GROWN), "queue: open, grown": (2.0, None)}


def test_one_size_alone_has_not_grown() -> None:
    assert told(of("queue: open", SMALL, 15.0)) == {}


def test_below_three_milliseconds_a_quotient_says_nothing() -> None:
    assert told(of("board", SMALL, 1.0), of("board", LARGE, 3.0)) == {"board, grown": (1.0, GROWN)}
