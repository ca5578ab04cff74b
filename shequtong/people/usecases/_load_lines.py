"""Rows as lines of a bulk load (装载行): for `load_people`, past the models, with what their fields would do: sealing, hashes, defaults.

Each table's lines wait here until `write`; ids are made before, so that rows can name one another.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

from shequtong.core.bulk import NULL, columns_of, copy_lines, escaped
from shequtong.core.locality.blocks import IDS, reserve
from shequtong.core.locality.ids import SHIFT
from shequtong.core.sealed import KeyedHashField, SealedTextField
from shequtong.core.sealed.ciphers import seal

_AT_ONCE = 4000


def fresh_ids(place: int) -> Iterator[int]:
    """Ids of a place, without end; one statement in some thousands."""
    while True:
        for block in reserve(IDS, _AT_ONCE):
            for number in block:
                yield (place << SHIFT) | number


def text_of(value: Any) -> str:
    """A value as it stands in a line."""
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00"
    if isinstance(value, date):
        return value.isoformat()
    return escaped(json.dumps(value, ensure_ascii=False)) if isinstance(value, dict) else str(value)


class Lines:
    """The lines of one table. Columns are said by attribute name (`person_id`); what is not said has the field's default."""

    def __init__(self, model: type[models.Model], always: Mapping[str, Any]) -> None:
        self._model, self._lines = model, list[str]()
        fields = columns_of(model)
        self._at = {field.attname: index for index, field in enumerate(fields)}
        self._sealed = {field.name: field for field in fields if isinstance(field, SealedTextField)}
        self._hashes = {field.of: field for field in fields if isinstance(field, KeyedHashField)}
        self._blank = [text_of(None if field.primary_key else field.get_default()) for field in fields]
        for name, value in always.items():
            self._blank[self._at[name]] = text_of(value)

    def add(self, **values: Any) -> None:
        """One row; `id` is among the values."""
        line, row = self._blank.copy(), str(values["id"])
        for name, value in values.items():
            field = self._sealed.get(name)
            if field is None:
                line[self._at[name]] = text_of(value)
            elif value:
                line[self._at[name]] = seal(value, field.sealed_column.associated(row))
                if name in self._hashes:
                    line[self._at[self._hashes[name].attname]] = self._hashes[name].hash_now(value)
        self._lines.append("\t".join(line))

    def write(self) -> None:
        """One bulk statement, none without rows."""
        if self._lines:
            copy_lines(self._model, "\n".join(self._lines) + "\n")
            self._lines.clear()
