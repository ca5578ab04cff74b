"""The backend's entry, found by Django as ENGINE = "shequtong.core.postgresql"."""

import time

from django.db.backends.postgresql import base

from shequtong.core.postgresql.features import DatabaseFeatures
from shequtong.core.postgresql.schema import DatabaseSchemaEditor

FRESH = 1.0  # seconds after a request that was answered, in which its connection is taken to be alive


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django speaks it, with our keys."""

    features_class = DatabaseFeatures
    SchemaEditorClass = DatabaseSchemaEditor
    _answered_at = float("-inf")

    def close_if_unusable_or_obsolete(self) -> None:
        """As Django does at both ends of a request; after one that used the connection without an error it is known to be alive."""
        used = self.health_check_done
        super().close_if_unusable_or_obsolete()
        if used and self.connection is not None:
            self._answered_at = time.monotonic()

    def close_if_health_check_failed(self) -> None:
        """Asked before the first statement of a request: under load this was one statement of ten, and always true.

        A connection that dies within FRESH is found by the statement itself: a read is answered 503, a write is tried again (`locality/retry.py`).
        """
        if time.monotonic() - self._answered_at < FRESH:
            self.health_check_done = True
        super().close_if_health_check_failed()
