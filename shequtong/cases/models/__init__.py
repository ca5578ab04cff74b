"""The case and what belongs to it; case standards and the duty list."""

from .answer import Answer
from .assistance import Assistance
from .case import NEVER, Case
from .case_class import CaseClass
from .case_standard import CaseStandard, StageLimit
from .duty import Duty
from .evaluation import Evaluation
from .party import Party
from .reporter import Reporter
from .step import Step

__all__ = [
    "NEVER",
    "Answer",
    "Assistance",
    "Case",
    "CaseClass",
    "CaseStandard",
    "Duty",
    "Evaluation",
    "Party",
    "Reporter",
    "StageLimit",
    "Step",
]
