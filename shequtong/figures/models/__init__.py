"""Counted facts: signed deltas and their folded totals."""

from .delta import EVER, Counted, Delta
from .total import Total

__all__ = ["EVER", "Counted", "Delta", "Total"]
