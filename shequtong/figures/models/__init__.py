"""Counted facts: signed deltas and their folded totals."""

from .delta import Delta
from .total import Total

__all__ = ["Delta", "Total"]
