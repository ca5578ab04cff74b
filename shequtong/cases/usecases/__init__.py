"""What can be done to a case, one verb a file. Other areas call these and nothing deeper."""

from ._batches import at_hand, unheard
from .accept_case import accept_case
from .add_note import add_note
from .add_to_case import add_to_case, withdraw_case
from .admit_case import admit_case
from .answer_assistance import answer_assistance
from .answer_case import answer_case, approve_answer, return_answer
from .answer_hand_over import refuse_over_case, take_over_case
from .answer_question import answer_question
from .appeal_case import appeal_case, judge_appeal, judge_appeal_finally
from .ask_assistance import ask_assistance
from .ask_bulk import ask_bulk
from .ask_reporter import ask_reporter
from .ask_time import extend_case, suspend_case
from .assign_case import assign_case
from .block_sender import block_sender
from .call_back import call_back
from .call_off import call_off
from .change_root_lead import change_root_lead
from .choose_columns import choose_columns
from .clock_moves import auto_close_case, escalate_case, remind_case
from .close_case import close_case
from .confirm_case import confirm_case
from .correct_case import Correction, correct_case
from .decide_asking import grant_asking, refuse_asking
from .decide_case import decide_case
from .dispatch_case import dispatch_case
from .end_phrase import end_phrase
from .evaluate_case import evaluate_case
from .find_by_phone import find_by_phone
from .follow_case import follow_case
from .give_up_root import give_up_root
from .go_short_way import go_short_way
from .hand_over_case import hand_over_case
from .handle_case import handle_case
from .import_history import import_history
from .import_orders import import_orders
from .join_case import join_case
from .lift_block import lift_block
from .mark_presence import mark_presence
from .merge_case import merge_case, unmerge_case
from .not_accept_case import not_accept_case
from .open_case import NewCase, NewReporter, open_case
from .open_root_project import open_root_project
from .prepare_orders import prepare_orders
from .prepare_standards import prepare_standards
from .print_case import print_case
from .print_daily_sheet import print_daily_sheet
from .publish_batch import publish_batch
from .publish_flow import publish_flow
from .publish_standard import NewStandard, publish_standard
from .register_case import register_case
from .remove_filter import remove_filter
from .reopen_case import reopen_case
from .report_measures import report_measures
from .report_orders import report_orders
from .resume_case import resume_case
from .reveal_contact import Contact, reveal_contact
from .rework_case import rework_case
from .save_filter import save_filter
from .screen_reports import screen_reports
from .self_handle import review_self_handled, self_handle
from .send_back_case import send_back_case
from .set_stage_limit import set_stage_limit
from .take_assistance import take_assistance
from .take_back_case import take_back_case
from .update_order import update_order
from .urge_case import reply_urge, urge_case
from .verify_case import verify_case
from .void_case import void_case
from .wake_cases import wake_case
from .watch_root_projects import watch_root_projects
from .withdraw_consent import withdraw_consent
from .work_bulk import work_bulk
from .write_phrase import write_phrase

__all__ = [
    "Contact",
    "Correction",
    "NewCase",
    "NewReporter",
    "NewStandard",
    "accept_case",
    "add_note",
    "add_to_case",
    "admit_case",
    "answer_assistance",
    "answer_case",
    "answer_question",
    "appeal_case",
    "approve_answer",
    "ask_assistance",
    "ask_bulk",
    "ask_reporter",
    "assign_case",
    "at_hand",
    "auto_close_case",
    "block_sender",
    "call_back",
    "call_off",
    "change_root_lead",
    "choose_columns",
    "close_case",
    "confirm_case",
    "correct_case",
    "decide_case",
    "dispatch_case",
    "end_phrase",
    "escalate_case",
    "evaluate_case",
    "extend_case",
    "find_by_phone",
    "follow_case",
    "forget_senders",
    "give_up_root",
    "go_short_way",
    "grant_asking",
    "hand_over_case",
    "handle_case",
    "import_history",
    "import_orders",
    "join_case",
    "judge_appeal",
    "judge_appeal_finally",
    "lift_block",
    "mark_presence",
    "merge_case",
    "not_accept_case",
    "open_case",
    "open_root_project",
    "prepare_orders",
    "prepare_standards",
    "print_case",
    "print_daily_sheet",
    "publish_batch",
    "publish_flow",
    "publish_standard",
    "refuse_asking",
    "refuse_over_case",
    "register_case",
    "remind_case",
    "remove_filter",
    "reopen_case",
    "reply_urge",
    "report_measures",
    "report_orders",
    "resume_case",
    "return_answer",
    "reveal_contact",
    "review_self_handled",
    "rework_case",
    "save_filter",
    "screen_reports",
    "self_handle",
    "send_back_case",
    "set_stage_limit",
    "suspend_case",
    "take_assistance",
    "take_back_case",
    "take_over_case",
    "unheard",
    "unmerge_case",
    "update_order",
    "urge_case",
    "verify_case",
    "void_case",
    "wake_case",
    "watch_root_projects",
    "withdraw_case",
    "withdraw_consent",
    "work_bulk",
    "write_phrase",
]
