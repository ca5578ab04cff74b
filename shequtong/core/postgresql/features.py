"""What differs from Django's PostgreSQL: local foreign keys are checked at once, so cascades must go children first; and what Citus cannot read."""

from typing import Any

from django.db.backends.postgresql import features
from django.utils.functional import cached_property


class DatabaseFeatures(features.DatabaseFeatures):
    """Violations show as IntegrityError at the statement, not as InternalError at COMMIT (measured on Citus)."""

    can_defer_constraint_checks = False

    @cached_property
    def reads_by_ground(self) -> bool:
        """Whether a statement may read a few rows for each row of a list of territories (LATERAL with LIMIT): Citus refuses it.

        Asked of the server once a connection, past everything that counts statements.
        """
        self.connection.ensure_connection()
        line: Any = self.connection.connection
        return line.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'").fetchone() is None
