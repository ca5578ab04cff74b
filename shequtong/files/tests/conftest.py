"""The folder of the files of each test."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of this test lie (the project's conftest sees to it)."""
    return tmp_path / "files"
