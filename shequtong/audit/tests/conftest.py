"""The folder of the log's witnesses, for tests that look into it."""

from pathlib import Path

import pytest

from shequtong.audit.folder import folder


@pytest.fixture
def audit_folder(db: None) -> Path:
    """Where heads, journal and waiting rows of this test go."""
    return folder()
