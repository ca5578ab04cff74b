"""The case and what belongs to it; case standards, the duty list, the flow."""

from .answer import Answer
from .appeal import Appeal
from .asking import Asking
from .assistance import Assistance
from .blocked import Blocked
from .bulk import Bulk
from .call_back import CallBack
from .case import NEVER, Case
from .case_class import CaseClass
from .case_gram import CaseGram
from .case_standard import CaseStandard, StageLimit, StandardBatch
from .clock_pause import ClockPause
from .clock_run import ClockMove, ClockRun
from .draft import Draft
from .duty import Duty
from .evaluation import Evaluation
from .flow import Flow
from .hand_over import HandOver
from .hot_issue import HotIssue, HotIssueCase, HotLook
from .joined import Joined
from .merge import Merge
from .own_list import OwnList
from .party import Party
from .phrase import Phrase
from .question import Question
from .reporter import Reporter
from .root_project import Recurrence, RootProject, RootStep
from .step import Step
from .together import Follow, Note, Presence
from .urge import Urge
from .work_order import WorkOrder

__all__ = [
    "NEVER",
    "Answer",
    "Appeal",
    "Asking",
    "Assistance",
    "Blocked",
    "Bulk",
    "CallBack",
    "Case",
    "CaseClass",
    "CaseGram",
    "CaseStandard",
    "ClockMove",
    "ClockPause",
    "ClockRun",
    "Draft",
    "Duty",
    "Evaluation",
    "Flow",
    "Follow",
    "HandOver",
    "HotIssue",
    "HotIssueCase",
    "HotLook",
    "Joined",
    "Merge",
    "Note",
    "OwnList",
    "Party",
    "Phrase",
    "Presence",
    "Question",
    "Recurrence",
    "Reporter",
    "RootProject",
    "RootStep",
    "StageLimit",
    "StandardBatch",
    "Step",
    "Urge",
    "WorkOrder",
]
