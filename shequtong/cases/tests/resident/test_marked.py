"""What is said of a mark on the map before one goes on: community and nearest building, or that nobody serves the spot."""

import pytest
from django.test import Client

from shequtong.testing.statements import count_statements
from shequtong.testing.town import Town, point

pytestmark = pytest.mark.usefixtures("watched_requests")


def test_a_mark_is_said_in_the_words_of_the_next_step(town: Town) -> None:
    lon, lat = point(0.5, 0.5)
    address = f"/report/near/?lon={lon}&lat={lat}"
    Client().get(address)
    with count_statements() as seen:
        found = Client().get(address).json()
    assert seen.total <= 3, seen.listing  # the building near by in two; revisions once a second
    assert found["served"] is True
    words = found["words"].removeprefix("已标记：")
    assert "馨泰社区" in words
    assert words in Client().get(f"/report/what/?lon={lon}&lat={lat}").content.decode()
    assert 'data-where="/report/near/"' in Client().get("/report/").content.decode()


@pytest.mark.parametrize("asked", ["lon=0&lat=0", "", "lon=x&lat=y", "building=1", "lon=NaN&lat=31.3"])
def test_a_spot_that_nobody_serves_is_said_to_be_one(town: Town, asked: str) -> None:
    answer = Client().get(f"/report/near/?{asked}")
    assert answer.status_code == 200
    assert answer.json()["served"] is False
    assert "/" not in answer.json()["words"]
