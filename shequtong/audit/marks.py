"""Marks (校验码): HMAC-SHA256 over a canonical form of what is to be protected, under the audit key, which is not in the database.

The canonical form is JSON with sorted keys of the values as they read back from either engine: times in UTC to the microsecond, a whole
float as an integer (PostgreSQL's jsonb does not tell 1.0 from 1 in every case), text as it is.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models

from shequtong.core.keys import audit_key

# Given by the seal, after the mark was made.
_AFTERWARDS = frozenset({"mark", "position", "seal_id"})


def mark_of(row: models.Model) -> str:
    """The mark of an unsaved or loaded row: every column but the mark itself and what sealing adds, the id and subdistrict included."""
    columns = [field.attname for field in row._meta.concrete_fields if field.attname not in _AFTERWARDS]
    return mac(row._meta.label_lower, {column: getattr(row, column) for column in columns})


def mac(purpose: str, content: Mapping[str, Any]) -> str:
    """HMAC of `content` in hex. `purpose` keeps a mark of one kind from passing as another's."""
    return hmac.new(audit_key(), text_of(purpose, content).encode(), hashlib.sha256).hexdigest()


def text_of(purpose: str, content: Mapping[str, Any]) -> str:
    """What a mark is made over."""
    text = json.dumps(canonical(dict(content)), sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return f"{purpose}\n{text}"


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def canonical(value: Any) -> Any:
    """`value` as JSON of the canonical form; ValueError for what JSON cannot say."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): canonical(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(inner) for inner in value]
    raise ValueError(f"a {type(value).__name__} is not a JSON value")
