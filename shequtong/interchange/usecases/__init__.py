"""What comes in from elsewhere, through other areas' use-cases only; and the keys of who may send it."""

from .begin_import import begin_import
from .import_rows import CannotImport, import_rows
from .open_system_key import CannotOpenKey, NewKey, open_system_key
from .replay_message import Outcome, replay_message
from .revoke_system_key import CannotRevoke, revoke_system_key
from .take_request import NewRequest, take_request
from .tell_reporter import CannotTell, tell_reporter

__all__ = [
    "CannotImport",
    "CannotOpenKey",
    "CannotRevoke",
    "CannotTell",
    "NewKey",
    "NewRequest",
    "Outcome",
    "begin_import",
    "import_rows",
    "open_system_key",
    "replay_message",
    "revoke_system_key",
    "take_request",
    "tell_reporter",
]
