"""Stored files."""

from .blob import Blob, kind_of

__all__ = ["Blob", "kind_of"]
