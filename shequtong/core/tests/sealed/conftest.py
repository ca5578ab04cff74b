"""Tables for the throw-away models, and keys in a folder of each test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from shequtong.core import keys
from shequtong.core.keys.keyring import AES
from shequtong.core.tests.sealed.models import PROBES


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in PROBES:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(PROBES):
                editor.delete_model(model)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of fresh keys this test works with."""
    usual = keys.folder()
    with monkeypatch.context() as without:
        for variable in ("SECRET_KEY", "SEALING_KEYS", "AUDIT_KEY"):
            without.delenv(variable, raising=False)
        keys.prepare(tmp_path / "keys", AES)
        yield tmp_path / "keys"
    keys.prepare(usual, AES)


@pytest.fixture
def really_written(transactional_db: None) -> Iterator[None]:
    """For tests that commit: Django's flush does not know the tables of the throw-away models."""
    yield
    for model in reversed(PROBES):
        model._base_manager.all().delete()
