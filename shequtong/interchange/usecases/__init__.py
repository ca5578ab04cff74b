"""What comes in from elsewhere, through other areas' use-cases only; and the keys of who may send it."""

from .ask_sheet import CannotAskSheet, ask_sheet
from .begin_import import begin_import
from .end_subscription import end_subscription
from .forget_changes import forget_changes
from .forget_deliveries import forget_deliveries
from .import_rows import CannotImport, import_rows
from .keep_people_table import keep_people_table
from .keep_sheet_template import CannotKeepTemplate, SheetSettings, keep_sheet_template
from .load_table_rows import CannotLoad, load_table_rows
from .map_people_table import CannotMap, map_people_table
from .note_sheet import note_sheet
from .note_trial import note_trial
from .open_subscription import CannotSubscribe, open_subscription
from .open_system_key import CannotOpenKey, NewKey, open_system_key
from .queue_deliveries import queue_deliveries
from .replay_deliveries import CannotReplay, replay_deliveries
from .replay_message import Outcome, replay_message
from .resume_subscription import resume_subscription
from .retire_sheet_template import retire_sheet_template
from .revoke_system_key import CannotRevoke, revoke_system_key
from .send_deliveries import send_deliveries
from .take_request import NewRequest, take_request
from .tell_reporter import CannotTell, tell_reporter

__all__ = [
    "CannotAskSheet",
    "CannotImport",
    "CannotKeepTemplate",
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
    "SheetSettings",
    "ask_sheet",
    "begin_import",
    "end_subscription",
    "forget_changes",
    "forget_deliveries",
    "import_rows",
    "keep_people_table",
    "keep_sheet_template",
    "load_table_rows",
    "map_people_table",
    "note_sheet",
    "note_trial",
    "open_subscription",
    "open_system_key",
    "queue_deliveries",
    "replay_deliveries",
    "replay_message",
    "resume_subscription",
    "retire_sheet_template",
    "revoke_system_key",
    "send_deliveries",
    "take_request",
    "tell_reporter",
]
