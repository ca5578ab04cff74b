"""Marks (标记): which lists a person belongs to, from their sets as of today. Pure over rows that are loaded."""

from collections.abc import Mapping
from typing import Any

CARE, ALONE = "care", "alone"
_CARE_ABILITY, _CARE_GRADE = ("2", "3", "4"), ("1", "2")


def marks_of(sets: Mapping[str, Any]) -> set[str]:
    """The names of the sets that hold, and what follows from them: who lives alone, who needs care (moderate impairment and worse, grades
    1 and 2 of disability, elderly who live alone). `sets`: name -> row with its columns as attributes.
    """
    found = set(sets)
    elderly, disability = sets.get("elderly"), sets.get("disability")
    if elderly is not None and elderly.living == "alone":
        found |= {ALONE, CARE}
    if elderly is not None and elderly.ability in _CARE_ABILITY:
        found.add(CARE)
    if disability is not None and disability.grade in _CARE_GRADE:
        found.add(CARE)
    return found
