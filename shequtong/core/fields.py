"""Small fields of ours: codes that compare bytewise on every engine."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class CodeField(models.CharField):  # type: ignore[type-arg]  # django-stubs' CharField takes its two types at use only
    """A code, number or path: compared byte by byte on both engines (SQLite does so by itself; PostgreSQL by "C")."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        found = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            found["collation"] = "C"
        return found
