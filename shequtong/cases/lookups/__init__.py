"""Reads over several tables of cases: the queue page by keyset, what waits on a workbench, one's own matters, published answers."""

from .by_stage import open_by_stage
from .in_hand import InHand, in_hand_of
from .lists import Asked, asked_of, assigned_to, held_cases, is_timed, saying, told_by, told_with
from .published import published_answers
from .queue import CAPPED, PAGE, Filters, Page, capped_count, queue
from .waits import duties, leads, stages_of
from .words import cases_saying, page_of
from .workload import Counted, Paused, counted_by_stage, paused_cases, waiting_for_each

__all__ = [
    "CAPPED",
    "PAGE",
    "Asked",
    "Counted",
    "Filters",
    "InHand",
    "Page",
    "Paused",
    "asked_of",
    "assigned_to",
    "capped_count",
    "cases_saying",
    "counted_by_stage",
    "duties",
    "held_cases",
    "in_hand_of",
    "is_timed",
    "leads",
    "open_by_stage",
    "page_of",
    "paused_cases",
    "published_answers",
    "queue",
    "saying",
    "stages_of",
    "told_by",
    "told_with",
    "waiting_for_each",
]
