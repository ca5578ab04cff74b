"""The ground the bodies of these tests stand on."""

import pytest

from shequtong.core.locality import blocks
from shequtong.territory.testing import Ground, make_ground


@pytest.fixture
def ground(db: None) -> Ground:
    blocks.forget()
    return make_ground()
