"""Reads over several tables of cases: the queue page by keyset, what waits on a workbench, one's own matters, published answers."""

from .in_hand import InHand, in_hand_of
from .lists import Asked, asked_of, assigned_to, held_cases, is_timed, stage_counts, told_by
from .published import published_answers
from .queue import CAPPED, PAGE, Filters, Page, capped_count, queue

__all__ = [
    "CAPPED",
    "PAGE",
    "Asked",
    "Filters",
    "InHand",
    "Page",
    "asked_of",
    "assigned_to",
    "capped_count",
    "held_cases",
    "in_hand_of",
    "is_timed",
    "published_answers",
    "queue",
    "stage_counts",
    "told_by",
]
