"""The backend's entry, found by Django as ENGINE = "shequtong.core.postgresql"."""

from django.db.backends.postgresql import base

from shequtong.core.postgresql.features import DatabaseFeatures
from shequtong.core.postgresql.schema import DatabaseSchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL as Django speaks it, with our keys."""

    features_class = DatabaseFeatures
    SchemaEditorClass = DatabaseSchemaEditor
