"""A folder of its own for the files of each test."""

from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django import Settings


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files of this test lie."""
    options = {"location": str(tmp_path / "files")}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    monkeypatch.setattr(storages, "_storages", {})
    return tmp_path / "files"
