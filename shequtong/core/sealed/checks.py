"""System checks of sealed columns (自检): what could not be opened or found again is refused before the first row is written."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Error
from django.db import connections, models

from shequtong.core import keys
from shequtong.core.sealed.ciphers import SealError, key_id_of

if TYPE_CHECKING:
    from shequtong.core.sealed.fields import SealedTextField


def sealed_field(field: "SealedTextField[Any, Any]", databases: Iterable[str]) -> list[CheckMessage]:
    """Messages about one sealed column; with `databases` (as `migrate` checks), about the values it holds there too."""
    found: list[CheckMessage] = []
    if field.unique or getattr(field, "db_index", False) or field.primary_key:
        found.append(
            Error("a sealed column cannot be unique or indexed: put that on its KeyedHashField", obj=field, id="sealed.E002")
        )
    key = field.model._meta.pk
    if key is not None and key.remote_field is None and not key.has_default():
        maker = type(key).get_pk_value_on_save
        if maker is models.Field.get_pk_value_on_save or isinstance(key, models.AutoField):
            found.append(
                Error("values are bound to the row's id, which must be made before the INSERT", obj=field, id="sealed.E003")
            )
    if not found:
        found.extend(message for alias in databases for message in _lost_keys(field, alias))
    return found


def _lost_keys(field: "SealedTextField[Any, Any]", alias: str) -> list[CheckMessage]:
    """An error when the first or last value is under a key that the ring lacks: database and keys belong to different installations."""
    connection, table = connections[alias], field.model._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return []  # before its first migration
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    if field.column not in columns:
        return []
    rows = field.model._base_manager.using(alias).exclude(**{field.attname: ""}).exclude(**{f"{field.attname}__isnull": True})
    ends = [rows.order_by(order).values_list(field.attname, flat=True).first() for order in ("pk", "-pk")]
    known = keys.ring(fresh=True).keys
    for value in ends:
        try:
            key_id = key_id_of(value.token) if value else ""
        except SealError:
            key_id = "none: it was written past the sealed column"
        if key_id and key_id not in known:
            hint = f"put back the keys that belong to this database into {keys.folder()}, or unretire the key (docs/operations/keys.md)"
            return [Error(f"holds values under key {key_id}, which the key ring lacks", hint=hint, obj=field, id="sealed.E004")]
    return []
