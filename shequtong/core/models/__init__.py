"""Core's own tables: storage numbers, counters, revisions of shared data, submissions, signs of life."""

from .counter import Counter
from .heartbeat import Heartbeat
from .revision import Revision
from .subdistrict import Subdistrict
from .submission import Submission

__all__ = ["Counter", "Heartbeat", "Revision", "Subdistrict", "Submission"]
