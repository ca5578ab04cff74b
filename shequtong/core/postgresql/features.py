"""What differs from Django's PostgreSQL: local foreign keys are checked at once, so cascades must go children first."""

from django.db.backends.postgresql import features


class DatabaseFeatures(features.DatabaseFeatures):
    """Violations show as IntegrityError at the statement, not as InternalError at COMMIT (measured on Citus)."""

    can_defer_constraint_checks = False
