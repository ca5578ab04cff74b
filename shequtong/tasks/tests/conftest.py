"""The kinds of `tasks/testing.py` instead of the project's."""

from collections.abc import Iterator

import pytest

from shequtong.tasks.testing import test_kinds


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with test_kinds():
        yield
