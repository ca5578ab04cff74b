"""Resealing (换钥重封): every sealed column and keyed hash brought under the current key, row by row, while the platform runs.

A row is found by how its values start, so a run that died is taken up where it stopped and needs no record of its own.
A row is changed only if it still holds what was read: who edits it meanwhile wins, and seals under the current key anyway.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Left

from shequtong.core import keys
from shequtong.core.keys import Key
from shequtong.core.sealed.ciphers import SealError, prefix_of, seal
from shequtong.core.sealed.fields import SealedTextField
from shequtong.core.sealed.hash_field import KeyedHashField

BATCH = 500


@dataclass(frozen=True)
class Table:
    """A model with its sealed columns and their hashes."""

    model: type[models.Model]
    sealed: tuple[SealedTextField[Any, Any], ...]
    hashes: tuple[KeyedHashField[Any, Any], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.attname for field in (*self.sealed, *self.hashes))


@dataclass
class Outcome:
    """What a pass over one table did: rows resealed, rows somebody else changed meanwhile, rows that do not open (by id)."""

    resealed: int = 0
    overtaken: int = 0
    unreadable: tuple[Any, ...] = ()


def tables() -> list[Table]:
    """Every table of the platform that holds sealed columns."""
    return [found for model in apps.get_models() if (found := table_of(model))]


def table_of(model: type[models.Model]) -> Table | None:
    """The model with its sealed columns; None when it has none of its own."""
    fields = model._meta.local_concrete_fields
    sealed = tuple(field for field in fields if isinstance(field, SealedTextField))
    if not sealed or model._meta.proxy or not model._meta.managed:
        return None
    return Table(model, sealed, tuple(field for field in fields if isinstance(field, KeyedHashField)))


def left_behind(table: Table, key: Key) -> models.QuerySet[Any]:
    """Rows that hold a value or hash under another key than `key`."""
    rows, behind = table.model._base_manager.all(), Q()
    for field in (*table.sealed, *table.hashes):
        start = prefix_of(key) if isinstance(field, SealedTextField) else f"{key.id}."
        name = f"start_of_{field.name}"
        rows = rows.annotate(**{name: Left(field.attname, len(start), output_field=models.TextField())})
        behind |= Q(**{f"{name}__gt": ""}) & ~Q(**{name: start})  # empty and NULL are under no key
    return rows.filter(behind).order_by("pk")


def reseal(table: Table) -> Iterator[Outcome]:
    """Bring `table` under the current key, one transaction per BATCH rows; yields what was done after each."""
    last: Any = None
    while True:
        rows = left_behind(table, keys.ring().current)
        batch = list((rows if last is None else rows.filter(pk__gt=last)).values("pk", *table.names)[:BATCH])
        if not batch:
            return
        last = batch[-1]["pk"]
        yield _reseal_batch(table, batch)


def _reseal_batch(table: Table, batch: list[dict[str, Any]]) -> Outcome:
    outcome = Outcome()
    with transaction.atomic():
        for row in batch:
            try:
                changes = _resealed(table, row)
            except SealError:
                outcome.unreadable += (row["pk"],)
                continue
            # values() gave tokens without a row: compared and written as they are, never opened by the query.
            same = table.model._base_manager.filter(**row)
            if same.update(**changes):
                outcome.resealed += 1
            else:
                outcome.overtaken += 1
    return outcome


def _resealed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """New tokens and hashes of one row. Raises SealError when a value does not open."""
    pk = table.model._meta.pk
    row_id = str(pk.to_python(row["pk"])) if pk is not None else str(row["pk"])
    changes: dict[str, Any] = {}
    opened: dict[str, str] = {}
    for field in table.sealed:
        value = row[field.attname]
        if value:
            plain = opened[field.attname] = value.bound_to(row_id).reveal()
            changes[field.attname] = type(value)(
                field.sealed_column, row=row_id, token=seal(plain, field.sealed_column.associated(row_id))
            )
    for companion in table.hashes:
        plain = opened.get(companion.of, "")
        changes[companion.attname] = companion.hash_now(plain) if plain else companion.empty
    return changes
