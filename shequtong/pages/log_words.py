"""The log in words (日志用语): what was done, to what, and what of it a reader understands; the rest stands as it was recorded."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.cases.shown import move_name
from shequtong.cases.workflow import Stage
from shequtong.pages import log_words_registry

# what was recorded -> in words. Moves of cases have their own (cases.shown.move_name).
DEEDS: Mapping[str, Any] = {
    **log_words_registry.DEEDS,
    "access.appointed": gettext_lazy("Appointed"),
    "access.appointment_ended": gettext_lazy("Ended an appointment"),
    "access.functions_set": gettext_lazy("Said which post does which function"),
    "accounts.renamed": gettext_lazy("Corrected the name of an account"),
    "accounts.made_staff": gettext_lazy("Made an account one of staff"),
    "accounts.opened": gettext_lazy("Opened an account"),
    "accounts.opened_by_code": gettext_lazy("Signed in for the first time"),
    "accounts.other_sessions_ended": gettext_lazy("Ended the other sessions"),
    "accounts.password_changed": gettext_lazy("Changed the password"),
    "accounts.reset": gettext_lazy("Reset an account"),
    "accounts.session_ended": gettext_lazy("Ended a session"),
    "cases.ask_bulk": gettext_lazy("Moved many cases at once"),
    "cases.block_sender": gettext_lazy("Limited a sender"),
    "cases.change_root_lead": gettext_lazy("Changed the lead of a root-cause project"),
    "cases.choose_columns": gettext_lazy("Chose columns of the list"),
    "cases.due_recomputed": gettext_lazy("Due times moved by a calendar"),
    "cases.end_phrase": gettext_lazy("Ended a phrase"),
    "cases.export_standards": gettext_lazy("Exported standards"),
    "cases.exported": gettext_lazy("Exported cases"),
    "cases.roots_exported": gettext_lazy("Exported root-cause projects"),
    "cases.followed": gettext_lazy("Followed a case"),
    "cases.forget_contacts": gettext_lazy("Deleted contacts after their time"),
    "cases.give_up_root": gettext_lazy("Ended a root-cause project without result"),
    "cases.import_orders": gettext_lazy("Imported an order of 12345"),
    "cases.lift_block": gettext_lazy("Lifted a limit"),
    "cases.noted": gettext_lazy("Wrote a note"),
    "cases.open_root_project": gettext_lazy("Opened a root-cause project"),
    "cases.prepare_standards": gettext_lazy("Prepared standards"),
    "cases.printed": gettext_lazy("Printed a case"),
    "cases.publish_batch": gettext_lazy("Published standards"),
    "cases.publish_flow": gettext_lazy("Published a flow"),
    "cases.publish_standard": gettext_lazy("Published a standard"),
    "cases.remove_filter": gettext_lazy("Removed a kept filter"),
    "cases.report_measures": gettext_lazy("Reported measures of a root-cause project as done"),
    "cases.report_orders": gettext_lazy("Answered orders of 12345"),
    "cases.root_project_came_back": gettext_lazy("What a root-cause project was about came back"),
    "cases.root_project_met": gettext_lazy("A root-cause project passed its end test"),
    "cases.save_filter": gettext_lazy("Kept a filter"),
    "cases.set_stage_limit": gettext_lazy("Set the limit of a stage"),
    "cases.withdraw_consent": gettext_lazy("Withdrew a consent"),
    "cases.write_phrase": gettext_lazy("Wrote a phrase"),
    "cases.imported": gettext_lazy("Brought in a matter of another system"),
    "interchange.import_begun": gettext_lazy("Began the import of a file"),
    "interchange.import_resumed": gettext_lazy("Went on with the import of a file"),
    "interchange.import_done": gettext_lazy("Ended the import of a file"),
    "interchange.replayed": gettext_lazy("Sent events to a system again"),
    "interchange.subscribed": gettext_lazy("Subscribed a system to events"),
    "interchange.subscription_ended": gettext_lazy("Ended a system's subscription"),
    "interchange.subscription_resumed": gettext_lazy("Resumed sending events to a system"),
    "interchange.key_opened": gettext_lazy("Gave a system its key"),
    "interchange.key_revoked": gettext_lazy("Revoked the key of a system"),
    "organizations.agency_added": gettext_lazy("Added an agency"),
    "organizations.contact_removed": gettext_lazy("Took a contact card away"),
    "organizations.contact_set": gettext_lazy("Wrote a contact card"),
    "organizations.duty_added": gettext_lazy("Added shifts of duty"),
    "organizations.duty_cleared": gettext_lazy("Cleared a week of duty"),
    "organizations.duty_copied": gettext_lazy("Copied a week of duty"),
    "organizations.duty_removed": gettext_lazy("Took a shift away"),
    "organizations.office_opened": gettext_lazy("Opened a precinct office"),
    "organizations.seat_given": gettext_lazy("Gave a seat"),
    "organizations.seat_taken": gettext_lazy("Took a seat away"),
    "organizations.station_added": gettext_lazy("Added a station"),
    "organizations.station_changed": gettext_lazy("Changed a station"),
    "organizations.station_ended": gettext_lazy("Ended a station"),
    "tasks.asked": gettext_lazy("Asked for an export or a print"),
    "tasks.cancelled": gettext_lazy("Called a task off"),
    "tasks.done": gettext_lazy("A task was done"),
    "tasks.expired": gettext_lazy("A file reached its last day"),
    "tasks.failed": gettext_lazy("A task failed"),
    "tasks.fetched": gettext_lazy("Downloaded a file"),
    "territory.building_added": gettext_lazy("Added a building"),
    "territory.calendar_added": gettext_lazy("Added a work calendar"),
    "territory.calendar_chosen": gettext_lazy("Chose a work calendar"),
    "territory.calendar_copied": gettext_lazy("Copied a work calendar"),
    "territory.calendar_day_set": gettext_lazy("Set a day of a work calendar"),
    "territory.calendar_days_set": gettext_lazy("Set days of a work calendar"),
    "territory.calendar_seeded": gettext_lazy("Filled a work calendar"),
    "territory.calendar_year_confirmed": gettext_lazy("Confirmed a year of a work calendar"),
    "territory.compound_added": gettext_lazy("Added a compound"),
    "territory.grids_redrawn": gettext_lazy("Changed the grids of a community"),
    "territory.office_hours_set": gettext_lazy("Set office hours"),
    "territory.place_opened": gettext_lazy("Opened a place of storage"),
    "territory.regridding_asked": gettext_lazy("Asked for a change of grids"),
    "territory.unit_added": gettext_lazy("Added a unit"),
    "territory.unit_ended": gettext_lazy("Ended a unit"),
    "territory.unit_redrawn": gettext_lazy("Drew a boundary anew"),
    "territory.unit_renamed": gettext_lazy("Renamed a unit"),
}
# kind of a security event -> in words
KINDS: Mapping[str, Any] = {
    "revealed": gettext_lazy("Looked at a protected value"),
    "refused": gettext_lazy("Refused for want of a right"),
    "signed_in": gettext_lazy("Signed in"),
    "signed_out": gettext_lazy("Signed out"),
    "sign_in_failed": gettext_lazy("Sign-in failed"),
    "locked_out": gettext_lazy("Locked out after failed tries"),
    "refused_locked": gettext_lazy("Tried while locked out"),
    "texts_capped": gettext_lazy("No more texts to a number today"),
    "log_broken": gettext_lazy("The log does not agree with its witness"),
    "care_opened": gettext_lazy("Opened the store of special care"),
    "reveal_counted": gettext_lazy("A look was counted"),  # at the installation; the look itself stands in its subdistrict
}
_WHAT: Mapping[str, Any] = {
    "people.care": gettext_lazy("the store of special care"),
    "people.care.list": gettext_lazy("who is in the store of special care"),
    "people.care.person": gettext_lazy("whether a person is in the store of special care"),
    "people.care.record": gettext_lazy("a record of special care"),
    "cases.reporter_phone": gettext_lazy("name and telephone of a reporter"),
    "cases.caller_phone": gettext_lazy("the matters told with a telephone"),
    "accounts.code": pgettext_lazy("sign-in", "with a code"),
    "accounts.password": pgettext_lazy("sign-in", "with a password"),
    "accounts.totp": pgettext_lazy("sign-in", "with the code of the app"),
    "accounts.password+totp": pgettext_lazy("sign-in", "with a password and the code of the app"),
    "accounts.code+totp": pgettext_lazy("sign-in", "with a code and that of the app"),
    "accounts.asked": pgettext_lazy("sign-in", "by themselves"),
    "accounts.closed": pgettext_lazy("sign-in", "the account is closed"),
    "accounts.idle": pgettext_lazy("sign-in", "after a long pause"),
}
_OBJECTS: Mapping[str, Any] = {
    "people.CareRecord": gettext_lazy("Record of special care"),
    "people.CareOpening": gettext_lazy("Opening of the store of special care"),
    "cases.Case": gettext_lazy("Case"),
    "cases.RootProject": gettext_lazy("Root-cause project"),
    "accounts.Account": gettext_lazy("Account"),
    "access.Appointment": gettext_lazy("Appointment"),
    "organizations.Station": gettext_lazy("Station"),
    "organizations.PrecinctOffice": gettext_lazy("Precinct office"),
    "territory.Unit": pgettext_lazy("territory", "Unit"),
    "territory.Building": gettext_lazy("Building"),
    "territory.Regridding": gettext_lazy("Change of grids"),
    "territory.WorkCalendar": gettext_lazy("Work calendar"),
    "tasks.Task": gettext_lazy("Task"),
}


def deed(what: str) -> str:
    """What was done; a move of a case by its own name."""
    if what in DEEDS:
        return str(DEEDS[what])
    area, _dot, name = what.partition(".")
    return move_name(name) if area == "cases" and move_name(name) != name else _("Something else")


def event(kind: str) -> str:
    """What kind of thing happened."""
    return str(KINDS.get(kind, _("Something else")))


def of_what(what: str) -> str:
    """What was looked at, or how somebody came in; "" for what has no words."""
    return str(_WHAT.get(what, ""))


def of_kind(label: str) -> str:
    """What kind of thing it was done to."""
    return str(_OBJECTS.get(label, ""))


def in_words(facts: Mapping[str, Any]) -> str:
    """Of the facts the stage it went to and the reason that was typed."""
    to, reason = facts.get("to"), facts.get("reason")
    said = [_("now: %(stage)s") % {"stage": Stage(to).label}] if isinstance(to, str) and to in Stage.values else []
    return " · ".join([*said, *([str(reason)] if reason else [])])
