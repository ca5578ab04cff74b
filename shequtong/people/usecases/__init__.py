"""What is done to the registry, one verb a file."""

from ._changes import CannotChange
from .change_person import change_person
from .confirm_home import confirm_home
from .describe_home import CannotDescribe, describe_home
from .note_search import note_search
from .register_person import CannotRegister, NewPerson, register_person
from .renew_terms import renew_terms
from .reveal_fact import NoSuchFact, reveal_fact
from .write_set import CannotWriteSet, end_set, write_set

__all__ = [
    "CannotChange",
    "CannotDescribe",
    "CannotRegister",
    "CannotWriteSet",
    "NewPerson",
    "NoSuchFact",
    "change_person",
    "confirm_home",
    "describe_home",
    "end_set",
    "note_search",
    "register_person",
    "renew_terms",
    "reveal_fact",
    "write_set",
]
