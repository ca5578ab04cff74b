"""Each test of the log has a folder of witnesses of its own; the keys stay where they are."""

from pathlib import Path

import pytest

from shequtong.audit import folder, heads, journal, security


@pytest.fixture(autouse=True)
def audit_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where heads, journal and waiting rows of this test go."""
    found = tmp_path / "audit"
    found.mkdir(mode=0o700)
    for module in (folder, heads, journal, security):
        monkeypatch.setattr(module, "folder", lambda: found)
    return found
