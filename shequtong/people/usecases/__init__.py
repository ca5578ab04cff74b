"""What is done to the registry, one verb a file."""

from ._changes import CannotChange
from ._links import CannotLink, TooManyTries
from ._rights import NoConsent
from .answer_rights import CannotAnswer, Decision, answer_rights
from .ask_rights import CannotAsk, NewRequest, ask_rights
from .change_person import change_person
from .confirm_home import confirm_home
from .describe_home import CannotDescribe, describe_home
from .end_links import end_links
from .give_consent import CannotConsent, give_consent
from .link_at_window import link_at_window
from .link_self import link_self
from .note_search import note_search
from .register_person import CannotRegister, NewPerson, register_person
from .renew_terms import renew_terms
from .retain_persons import retain_persons
from .reveal_fact import NoSuchFact, reveal_fact
from .show_asked import show_asked
from .show_own import show_own
from .take_back_consent import take_back_consent
from .unlink_account import unlink_account
from .write_set import CannotWriteSet, end_set, write_set

__all__ = [
    "CannotAnswer",
    "CannotAsk",
    "CannotChange",
    "CannotConsent",
    "CannotDescribe",
    "CannotLink",
    "CannotRegister",
    "CannotWriteSet",
    "Decision",
    "NewPerson",
    "NewRequest",
    "NoConsent",
    "NoSuchFact",
    "TooManyTries",
    "answer_rights",
    "ask_rights",
    "change_person",
    "confirm_home",
    "describe_home",
    "end_links",
    "end_set",
    "give_consent",
    "link_at_window",
    "link_self",
    "note_search",
    "register_person",
    "renew_terms",
    "retain_persons",
    "reveal_fact",
    "show_asked",
    "show_own",
    "take_back_consent",
    "unlink_account",
    "write_set",
]
