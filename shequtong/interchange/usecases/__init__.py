"""What comes in from elsewhere, through other areas' use-cases only; and the keys of who may send it."""

from .begin_import import begin_import
from .end_subscription import end_subscription
from .forget_deliveries import forget_deliveries
from .import_rows import CannotImport, import_rows
from .keep_people_table import keep_people_table
from .load_table_rows import CannotLoad, load_table_rows
from .map_people_table import CannotMap, map_people_table
from .note_trial import note_trial
from .open_subscription import CannotSubscribe, open_subscription
from .open_system_key import CannotOpenKey, NewKey, open_system_key
from .queue_deliveries import queue_deliveries
from .replay_deliveries import CannotReplay, replay_deliveries
from .replay_message import Outcome, replay_message
from .resume_subscription import resume_subscription
from .revoke_system_key import CannotRevoke, revoke_system_key
from .send_deliveries import send_deliveries
from .take_request import NewRequest, take_request
from .tell_reporter import CannotTell, tell_reporter

__all__ = [
    "CannotImport",
    "CannotLoad",
    "CannotMap",
    "CannotOpenKey",
    "CannotReplay",
    "CannotRevoke",
    "CannotSubscribe",
    "CannotTell",
    "NewKey",
    "NewRequest",
    "Outcome",
    "begin_import",
    "end_subscription",
    "forget_deliveries",
    "import_rows",
    "keep_people_table",
    "load_table_rows",
    "map_people_table",
    "note_trial",
    "open_subscription",
    "open_system_key",
    "queue_deliveries",
    "replay_deliveries",
    "replay_message",
    "resume_subscription",
    "revoke_system_key",
    "send_deliveries",
    "take_request",
    "tell_reporter",
]
