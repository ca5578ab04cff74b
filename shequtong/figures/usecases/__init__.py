"""What the worker and the operator do with counts: fold the new ones, correct wrong ones."""

from .fold_deltas import fold_deltas
from .rebuild_figures import rebuild_figures

__all__ = ["fold_deltas", "rebuild_figures"]
