"""Core's own tables: storage numbers, counters, revisions of shared data, submissions."""

from .counter import Counter
from .revision import Revision
from .subdistrict import Subdistrict
from .submission import Submission

__all__ = ["Counter", "Revision", "Subdistrict", "Submission"]
