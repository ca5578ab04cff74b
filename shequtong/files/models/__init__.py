"""Stored files."""

from .blob import Blob

__all__ = ["Blob"]
