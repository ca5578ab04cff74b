"""Rows as lines of a bulk load (装载行): for `load_people`, past the models, with what their fields would do: sealing, hashes, defaults.

Each table's lines wait here until `write`; ids are made before, so that rows can name one another.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models

from shequtong.core.bulk import adapter, columns_of, copy_rows
from shequtong.core.locality.blocks import IDS, reserve
from shequtong.core.locality.ids import SHIFT
from shequtong.core.sealed import KeyedHashField, SealedTextField
from shequtong.core.sealed.ciphers import sealer

_AT_ONCE = 4000


def fresh_ids(place: int) -> Iterator[int]:
    """Ids of a place, without end; one statement in some thousands."""
    while True:
        for block in reserve(IDS, _AT_ONCE):
            for number in block:
                yield (place << SHIFT) | number


class Lines:
    """The lines of one table. Columns are said by attribute name (`person_id`); what is not said has the field's default."""

    def __init__(self, model: type[models.Model], always: Mapping[str, Any]) -> None:
        self._model, self._rows = model, list[list[Any]]()
        fields = columns_of(model)
        self._at = {field.attname: index for index, field in enumerate(fields)}
        hashes = {field.of: (self._at[field.attname], field.hash_now) for field in fields if isinstance(field, KeyedHashField)}
        sealed = [field for field in fields if isinstance(field, SealedTextField)]
        self._sealed = {field.name: (field.sealed_column.associated, *hashes.get(field.name, (0, None))) for field in sealed}
        self._value, self._seal = adapter(), sealer()
        self._blank = [self._value(None if field.primary_key else field.get_default()) for field in fields]
        for name, value in always.items():
            self._blank[self._at[name]] = self._value(value)

    def add(self, **values: Any) -> None:
        """One row; `id` is among the values."""
        line, row = self._blank.copy(), str(values["id"])
        at, sealed, value_of = self._at, self._sealed, self._value
        for name, value in values.items():
            how = sealed.get(name)
            if how is None:
                line[at[name]] = value_of(value)
            elif value:
                associated, hash_at, hash_now = how
                line[at[name]] = self._seal(value, associated(row))
                if hash_now is not None:
                    line[hash_at] = hash_now(value)
        self._rows.append(line)

    def write(self) -> None:
        """One bulk statement, none without rows."""
        if self._rows:
            copy_rows(self._model, self._rows)
            self._rows = []
