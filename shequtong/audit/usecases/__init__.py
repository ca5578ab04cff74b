"""What changes the log after it was written: sealing, and nothing else."""

from .seal_entries import seal_entries

__all__ = ["seal_entries"]
