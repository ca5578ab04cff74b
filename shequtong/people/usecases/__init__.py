"""What is done to the registry, one verb a file."""

from ._care import CannotRecordCare, CareClosed
from ._changes import CannotChange
from ._exports import ALONE, Approved, CannotExport
from ._life import CannotRecord
from ._links import CannotLink, TooManyTries
from ._rights import NoConsent
from .answer_rights import CannotAnswer, Decision, answer_rights
from .ask_export import NewExport, ask_export
from .ask_rights import CannotAsk, NewRequest, ask_rights
from .change_care import change_care
from .change_head import change_head
from .change_person import change_person
from .change_tenants import NewTenant, change_tenants
from .close_care import close_care
from .confirm_home import confirm_home
from .decide_export import decide_export
from .describe_home import CannotDescribe, describe_home
from .end_care import end_care
from .end_gone_care import end_gone_care
from .end_links import end_links
from .follow_buildings import follow_buildings
from .forget_listed import forget_listed
from .give_consent import CannotConsent, give_consent
from .link_at_window import link_at_window
from .link_self import link_self
from .load_people import load_people
from .look_at_care import look_at_care
from .look_over_care import look_over_care
from .make_export import make_export
from .move_in import move_in
from .move_out import move_out
from .move_to_street import move_to_street
from .note_care_visit import note_care_visit
from .note_search import note_search
from .open_care import CannotOpen, open_care
from .record_birth import record_birth
from .record_care import record_care
from .record_death import record_death
from .record_divorce import record_divorce
from .record_marriage import record_marriage
from .register_person import CannotRegister, NewPerson, register_person
from .renew_terms import renew_terms
from .retain_persons import retain_persons
from .reveal_fact import NoSuchFact, reveal_fact
from .show_asked import show_asked
from .show_own import show_own
from .take_back_consent import take_back_consent
from .undo_event import CannotUndo, undo_event
from .unlink_account import unlink_account
from .write_set import CannotWriteSet, end_set, write_set

__all__ = [
    "ALONE",
    "Approved",
    "CannotAnswer",
    "CannotAsk",
    "CannotChange",
    "CannotConsent",
    "CannotDescribe",
    "CannotExport",
    "CannotLink",
    "CannotOpen",
    "CannotRecord",
    "CannotRecordCare",
    "CannotRegister",
    "CannotUndo",
    "CannotWriteSet",
    "CareClosed",
    "Decision",
    "NewExport",
    "NewPerson",
    "NewRequest",
    "NewTenant",
    "NoConsent",
    "NoSuchFact",
    "TooManyTries",
    "answer_rights",
    "ask_export",
    "ask_rights",
    "change_care",
    "change_head",
    "change_person",
    "change_tenants",
    "close_care",
    "confirm_home",
    "decide_export",
    "describe_home",
    "end_care",
    "end_gone_care",
    "end_links",
    "end_set",
    "follow_buildings",
    "forget_listed",
    "give_consent",
    "link_at_window",
    "link_self",
    "load_people",
    "look_at_care",
    "look_over_care",
    "make_export",
    "move_in",
    "move_out",
    "move_to_street",
    "note_care_visit",
    "note_search",
    "open_care",
    "record_birth",
    "record_care",
    "record_death",
    "record_divorce",
    "record_marriage",
    "register_person",
    "renew_terms",
    "retain_persons",
    "reveal_fact",
    "show_asked",
    "show_own",
    "take_back_consent",
    "undo_event",
    "unlink_account",
    "write_set",
]
