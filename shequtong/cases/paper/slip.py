"""The acceptance slip (受理回执): handed to who told it. It names the matter and what is promised, and nobody."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Case
from shequtong.cases.paper.words import frame, moment, office_name, where
from shequtong.cases.shown import class_name, station_name, undecided_limits
from shequtong.cases.workflow import ENDED_STAGES, PUBLIC_STAGES, Stage
from shequtong.core.actors import Actor
from shequtong.core.clock import wording
from shequtong.organizations.stations import directory
from shequtong.ui.paper import Sheet, plain, qr_rows

_TEMPLATE = Path(__file__).with_name("slip.typ")


def slip(case: Case, *, address: str, key: str, by: Actor, now: datetime) -> Sheet:
    """`address` is the whole one of the public page; `key` is "" but for who is shown the key anyway at that moment."""
    title = _("Acceptance slip")
    data: dict[str, Any] = {
        "frame": frame(title, case.subdistrict_id, by, now).data(),
        "title": title,
        "number_label": _("Number"),
        "number": case.number,
        "key_label": _("Key"),
        "key": key,
        "key_note": _("With number and key you read the answer, evaluate and reopen this matter. Keep the key to yourself."),
        "qr": qr_rows(address),
        "qr_note": _("Scan to see where it stands"),
        "address": address.partition("://")[2].rstrip("/"),
        "facts": [[label, plain(words)] for label, words in _facts(case) if words],
        "notes_title": _("What you should know"),
        "notes": _notes(case),
        "stamp": [office_name(case), _("(stamp of the office)")],
    }
    return Sheet(_TEMPLATE, data)


def _facts(case: Case) -> list[tuple[str, str]]:
    station = directory().by_id.get(case.lead_station_id) if case.lead_station_id else None
    answers = station_name(station) if station else office_name(case)
    if station and station.office_phone:
        answers = _("%(station)s, telephone %(phone)s") % {"station": answers, "phone": station.office_phone}
    return [
        (_("Matter"), class_name(catalogue().classes[case.case_class_id])),
        (_("Place"), where(case)),
        (pgettext("slip", "Received"), moment(case.received_at, case.subdistrict_id)),
        (pgettext("slip", "Received by"), office_name(case)),
        (pgettext("slip", "Answers for it"), answers),
        (pgettext("slip", "Promise"), _promise(case)),
    ]


def _promise(case: Case) -> str:
    """What the reporter may count on now: a date where a clock runs for it, else how long it takes from dispatch on."""
    limit = wording.limit_text(catalogue().standards[case.standard_id].limit)
    if case.stage in ENDED_STAGES:
        return str(PUBLIC_STAGES[Stage(case.stage)])
    if case.promised_at != NEVER:
        due = moment(case.promised_at, case.subdistrict_id)
        return _("Handled by %(due)s (limit %(limit)s, counted from dispatch).") % {"due": due, "limit": limit}
    undecided = undecided_limits(case)
    how_long = _("How long handling may take from dispatch on is decided when it is registered, by what it is: %(undecided)s.")
    handled = (
        how_long % {"undecided": undecided}
        if undecided
        else _("Handled within %(limit)s, counted from dispatch.") % {"limit": limit}
    )
    if case.due_at == NEVER or case.stage != Stage.INTAKE:
        return handled
    due = moment(case.due_at, case.subdistrict_id)
    return _("By %(due)s it is registered, or you are told why not. %(handled)s") % {"due": due, "handled": handled}


def _notes(case: Case) -> list[str]:
    return [
        _(
            "You get a written answer. When it is closed, you say whether it was solved; if not, you can have it reopened for 15 days."
        ),
        _("If you do not agree with how it is handled, say so on the page of this matter, tell %(office)s, or call 12345.")
        % {"office": office_name(case)},
        _(
            "This slip carries no name and no telephone number. What you told us is used for this matter alone; you may ask to see it."
        ),
    ]
