"""Two people at once (同时办理): what somebody else did while a form was open, beside what this one holds, field by field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import class_name, move_name, stage_badge
from shequtong.cases.usecases.turns import ADDED
from shequtong.organizations.stations import directory


@dataclass(frozen=True)
class Row:
    """One field: what stands there now, and what this form would write."""

    label: str
    theirs: str
    yours: str


def meanwhile(case: Case, since: int, form: forms.Form) -> dict[str, Any]:
    """The steps made since, who made them, and the fields of the form beside what they wrote. One statement."""
    steps = list(Step.objects.filter(case=case, number__gt=since).order_by("number"))
    worked = [step for step in steps if step.move != ADDED]
    last = next((step for step in reversed(worked) if step.note), worked[-1] if worked else None)
    return {
        "added": not worked,  # the reporter's words stand in no field
        "steps": [{"step": step, "name": move_name(step.move), "look": stage_badge(step.to_stage)} for step in steps],
        "rows": [_row(case, last, form[name]) for name in form.fields if name != "photos"] if worked else [],
    }


def _row(case: Case, last: Step | None, field: forms.BoundField) -> Row:
    return Row(str(field.label), _theirs(case, last, field.name), _shown(field))


def _theirs(case: Case, last: Step | None, name: str) -> str:
    """What the case holds now under the name of the field: its own columns, else the words of the last step."""
    if name == "to":
        station = directory().by_id.get(case.lead_station_id) if case.lead_station_id else None
        return station.name if station else _("Nobody yet")
    if name in ("cls", "class_code"):
        return class_name(catalogue().classes[case.case_class_id])
    if name == "address":
        return case.address
    if last is not None and name in last.details:
        found = last.details[name]
        return str(found[-1] if isinstance(found, list) and found else found)
    return last.note if last is not None and name in ("note", "text") else "—"


def _shown(field: forms.BoundField) -> str:
    """What was typed or chosen, as it was read: the label of a choice, not its code."""
    value = field.value()
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value) if not isinstance(value, list) else "、".join(map(str, value))) if value else "—"
