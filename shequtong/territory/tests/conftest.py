"""Every test starts with nothing held in memory: the database rolls back beneath what was read."""

from collections.abc import Iterator

import pytest

from shequtong.core.held import drop_all
from shequtong.territory.testing import Ground, make_ground


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    drop_all()
    yield
    drop_all()


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()
