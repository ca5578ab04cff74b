"""What can be done to a case, one verb a file. Other areas call these and nothing deeper."""

from .accept_case import accept_case
from .answer_assistance import answer_assistance
from .answer_case import answer_case
from .ask_assistance import ask_assistance
from .close_case import close_case
from .dispatch_case import dispatch_case
from .evaluate_case import evaluate_case
from .handle_case import handle_case
from .open_case import NewCase, NewReporter, open_case
from .publish_standard import NewStandard, publish_standard, set_stage_limit
from .register_case import register_case
from .reopen_case import reopen_case
from .reveal_contact import Contact, reveal_contact
from .rework_case import rework_case
from .send_back_case import send_back_case
from .verify_case import verify_case
from .void_case import void_case

__all__ = [
    "Contact",
    "NewCase",
    "NewReporter",
    "NewStandard",
    "accept_case",
    "answer_assistance",
    "answer_case",
    "ask_assistance",
    "close_case",
    "dispatch_case",
    "evaluate_case",
    "handle_case",
    "open_case",
    "publish_standard",
    "register_case",
    "reopen_case",
    "reveal_contact",
    "rework_case",
    "send_back_case",
    "set_stage_limit",
    "verify_case",
    "void_case",
]
