"""Locality (属地存储): which subdistrict a row lives in, said once, below every area.

Public: the three kinds of model (`Local`, `Shared`, `Coordinator`), `LocalForeignKey`, `LocalQuerySet`, `part_of`, `Subdistrict`.
Rules and reasons: docs/decisions/0002-locality.md.
"""

from .bases import Coordinator, Local, LocalQuerySet, Shared
from .fields import BlockIdField, LocalForeignKey, LocalIdField
from .ids import INSTALLATION, SHIFT, part_of

__all__ = [
    "INSTALLATION",
    "SHIFT",
    "BlockIdField",
    "Coordinator",
    "Local",
    "LocalForeignKey",
    "LocalIdField",
    "LocalQuerySet",
    "Shared",
    "part_of",
]
