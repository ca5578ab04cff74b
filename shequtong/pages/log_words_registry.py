"""The registry's deeds in words (人房登记的日志用语)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from shequtong.people.models import LifeEvent

DEEDS: Mapping[str, Any] = {
    "interchange.people_table_mapped": gettext_lazy("Said what the columns of a table of people are"),
    "interchange.people_table_sent": gettext_lazy("Sent in a table of people"),
    "interchange.sheet_asked": gettext_lazy("Asked for a monthly sheet"),
    "interchange.sheet_made": gettext_lazy("A monthly sheet was made"),
    "interchange.sheet_template_kept": gettext_lazy("Kept a template of monthly sheets"),
    "interchange.sheet_template_retired": gettext_lazy("Took a template of monthly sheets out of use"),
    "interchange.people_table_tried": gettext_lazy("Tried a table of people"),
    "people.care_changed": gettext_lazy("Changed a record of special care"),
    "people.care_closed": gettext_lazy("Closed the store of special care"),
    "people.care_ended": gettext_lazy("Ended a record of special care"),
    "people.care_opened": gettext_lazy("Opened the store of special care"),
    "people.care_recorded": gettext_lazy("Recorded special care"),
    "people.care_stands_again": gettext_lazy("A record of special care stands again"),
    "people.care_taken_over": gettext_lazy("Took over a record of special care from another subdistrict"),
    "people.care_visited": gettext_lazy("Noted a visit of special care"),
    "people.changed": gettext_lazy("Changed the record of a person"),
    "people.consent_given": gettext_lazy("Noted a consent"),
    "people.consent_withdrawn": gettext_lazy("Took a consent back"),
    "people.emptied": gettext_lazy("Emptied the record of a person"),
    "people.export_approved": gettext_lazy("Approved a table of people"),
    "people.export_asked": gettext_lazy("Asked for an export of persons"),
    "people.export_made": gettext_lazy("Made an export of persons"),
    "people.export_refused": gettext_lazy("Refused a table of people"),
    "people.followed": gettext_lazy("Moved people with their buildings into other grids"),
    "people.home_confirmed": gettext_lazy("Confirmed a home"),
    "people.home_described": gettext_lazy("Described a home"),
    "people.life.undone": gettext_lazy("Took an event of life back"),
    **{f"people.life.{kind.value}": kind.label for kind in LifeEvent.Kind},
    "people.linked": gettext_lazy("Linked an account to a person"),
    "people.loaded": gettext_lazy("Loaded people"),
    "people.registered": gettext_lazy("Registered a person"),
    "people.retained": gettext_lazy("Emptied records past their time"),
    "people.rights_answered": gettext_lazy("Answered a request about personal data"),
    "people.rights_asked": gettext_lazy("Asked about personal data"),
    "people.rights_handed_over": gettext_lazy("Handed a request about personal data to another street"),
    "people.set_ended": gettext_lazy("Ended a set of a person"),
    "people.set_written": gettext_lazy("Wrote a set of a person"),
    "people.terms_renewed": gettext_lazy("Made search terms of persons anew"),
    "people.unlinked": gettext_lazy("Took the link of an account away"),
}
