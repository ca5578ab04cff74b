"""What is done to the registry, one verb a file."""

from ._changes import CannotChange
from ._exports import CannotExport
from ._life import CannotRecord
from ._links import CannotLink, TooManyTries
from ._rights import NoConsent
from .answer_rights import CannotAnswer, Decision, answer_rights
from .ask_export import NewExport, ask_export
from .ask_rights import CannotAsk, NewRequest, ask_rights
from .change_head import change_head
from .change_person import change_person
from .change_tenants import NewTenant, change_tenants
from .confirm_home import confirm_home
from .decide_export import decide_export
from .describe_home import CannotDescribe, describe_home
from .end_links import end_links
from .follow_buildings import follow_buildings
from .give_consent import CannotConsent, give_consent
from .link_at_window import link_at_window
from .link_self import link_self
from .load_people import load_people
from .make_export import make_export
from .move_in import move_in
from .move_out import move_out
from .move_to_street import move_to_street
from .note_search import note_search
from .record_birth import record_birth
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
    "CannotAnswer",
    "CannotAsk",
    "CannotChange",
    "CannotConsent",
    "CannotDescribe",
    "CannotExport",
    "CannotLink",
    "CannotRecord",
    "CannotRegister",
    "CannotUndo",
    "CannotWriteSet",
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
    "change_head",
    "change_person",
    "change_tenants",
    "confirm_home",
    "decide_export",
    "describe_home",
    "end_links",
    "end_set",
    "follow_buildings",
    "give_consent",
    "link_at_window",
    "link_self",
    "load_people",
    "make_export",
    "move_in",
    "move_out",
    "move_to_street",
    "note_search",
    "record_birth",
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
