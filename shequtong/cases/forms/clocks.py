"""Forms about time (时限表单): until when a case is suspended, what the reporter is asked."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.moves import ReasonForm

_LAST = time(23, 59, 59)  # a day that is named is meant to its end


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day by the wall clock of a place."""
    return datetime.combine(day, _LAST, zone)


class SuspendForm(ReasonForm):
    """Why, and until which day."""

    until = forms.DateField(
        label=_("Suspended until"),
        widget=DayInput,
        help_text=_("To the end of this day. Then the case resumes by itself."),
    )
    field_order = ("until", "note")

    def __init__(self, *args: Any, today: date, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edges = {"min": today + timedelta(days=1), "max": today + timedelta(days=most)}
        self.fields["until"].widget.attrs.update({name: day.isoformat() for name, day in edges.items()})


class AskReporterForm(ReasonForm):
    """The question as the reporter reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What do you ask?")
        self.fields["note"].help_text = _("The reporter reads these words as they stand. Ask for one thing, in plain words.")
