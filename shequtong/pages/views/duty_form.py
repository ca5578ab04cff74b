"""Forms of the duty roster (排班表单): who, on which days, at which hours; how many weeks a week is copied to."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.organizations.usecases.copy_duty_week import MOST_WEEKS


class DutyForm(forms.Form):
    """One of the station's people, the same hours on each day of a stretch."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(
        label=_("From (hour)"), initial=time(18), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until (hour)"),
        initial=time(8),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Not later than the first hour: on the next morning."),
    )

    def __init__(self, *args: Any, people: dict[int, str], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].initial = self.fields["last"].initial = day
        self.fields["person"].choices = list(people.items())  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class CopyForm(forms.Form):
    """To how many weeks."""

    monday = forms.DateField(widget=forms.HiddenInput)
    weeks = forms.IntegerField(label=_("To how many weeks"), min_value=1, max_value=MOST_WEEKS, initial=1)
