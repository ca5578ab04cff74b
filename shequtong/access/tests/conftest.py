"""What the tests of access start from."""

import pytest

from shequtong.access.tests.place import Ground, make_ground


@pytest.fixture
def ground(db: None) -> Ground:
    """See place.py."""
    return make_ground()
