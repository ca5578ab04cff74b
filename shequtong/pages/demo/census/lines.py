"""Rows as lines of text (登记行): what `core.bulk` copies; sealed columns sealed for their row, hashes made, the rest as the models have it."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from shequtong.core.bulk import NULL, columns_of, escaped
from shequtong.core.sealed import KeyedHashField, SealedTextField, hash_of
from shequtong.core.sealed.ciphers import seal


class Lines:
    """The lines of one model. `always`: values that all its rows share, by attname."""

    def __init__(self, model: type[models.Model], always: Mapping[str, Any]) -> None:
        self.model, self._out = model, list[str]()
        columns = columns_of(model)
        self._at = {column.attname: n for n, column in enumerate(columns)}
        self._sealed = {column.attname: column.sealed_column for column in columns if isinstance(column, SealedTextField)}
        self._hashes = {column.of: (column.attname, column.domain) for column in columns if isinstance(column, KeyedHashField)}
        self._base = [_default(column) for column in columns]
        for name, value in always.items():
            self._base[self._at[name]] = text_of(value)

    def add(self, row: int, values: Mapping[str, Any]) -> None:
        """One row with this id."""
        line = self._base.copy()
        line[self._at["id"]] = str(row)
        for name, value in values.items():
            column = self._sealed.get(name)
            if column is None:
                line[self._at[name]] = text_of(value)
            elif value:
                line[self._at[name]] = seal(value, column.associated(str(row)))
                if name in self._hashes:
                    attname, domain = self._hashes[name]
                    line[self._at[attname]] = hash_of(domain, value)
        self._out.append("\t".join(line))

    def taken(self) -> str:
        """The lines so far, which are then forgotten."""
        out, self._out = self._out, []
        return "".join(f"{line}\n" for line in out)


def text_of(value: Any) -> str:
    """A value as it stands in a line."""
    if value is None:
        return NULL
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return escaped(json.dumps(value, ensure_ascii=False))
    return escaped(str(value))


def _default(column: Any) -> str:
    if isinstance(column, KeyedHashField):
        return ""
    return text_of(column.get_default()) if column.has_default() or column.null or column.blank else ""
