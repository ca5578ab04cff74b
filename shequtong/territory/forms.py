"""Forms of the calendar pages (工作日历表单). They read what was typed; rules stand in the use-cases."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.core.clock import ClockError, Window
from shequtong.territory.holiday_notice import HOLIDAY, LONGEST_TEXT, WORKDAY
from shequtong.territory.models import OfficeHours
from shequtong.territory.usecases.add_calendar import Hours

_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_MOST_DAYS = 60
_LISTED = re.compile(r"(\d{4}-\d\d-\d\d) (holiday|workday)(?: (.{0,40}))?")


class NoticeForm(forms.Form):
    """The notice as it was published, pasted or as a file."""

    source = forms.CharField(
        label=_("Which notice"),
        max_length=120,
        help_text=_("Name and number, as it will stand beside every due time it explains."),
    )
    text = forms.CharField(
        label=_("Text of the notice"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Paste it as it was published, one holiday a line."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("XLSX or CSV with columns for day, kind (day off or workday) and name."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("text") and not found.get("file") and not self.errors:
            raise forms.ValidationError(_("Paste the text of the notice, or choose a file."))
        return found


class ConfirmForm(forms.Form):
    """What the preview showed, as it will be taken over."""

    source = forms.CharField(max_length=120, widget=forms.HiddenInput)
    days = forms.CharField(max_length=60_000, widget=forms.HiddenInput)

    def clean_days(self) -> dict[date, tuple[str, str]]:
        """The days as `write_days` wrote them."""
        found = {}
        for line in self.cleaned_data["days"].split("\n"):
            read = _LISTED.fullmatch(line.strip("\r"))
            if read is None:
                raise forms.ValidationError(_("The preview has been altered. Please read the notice again."))
            found[date.fromisoformat(read[1])] = (read[2], read[3] or "")
        return found


def write_days(days: dict[date, tuple[str, str]]) -> str:
    """The days as lines that `ConfirmForm` reads."""
    return "\n".join(f"{day.isoformat()} {kind} {name}".strip() for day, (kind, name) in sorted(days.items()))


class DaysForm(forms.Form):
    """One range of days of the place's own: a local holiday, a workday in a flood."""

    first = forms.DateField(
        label=pgettext_lazy("range of days", "From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=pgettext_lazy("range of days", "To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: one day."),
    )
    kind = forms.ChoiceField(
        label=_("What they are"),
        choices=[(HOLIDAY, _("Days off")), (WORKDAY, _("Workdays")), ("", _("As their weekday is"))],
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(label=_("What they are called"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last") or found.get("first")
        if first and last and not 0 <= (last - first).days < _MOST_DAYS:
            raise forms.ValidationError(_("The last day comes after the first, and a range has at most 60 days."))
        return found

    def days(self) -> dict[date, tuple[str | None, str]]:
        """Each day of the range."""
        found = self.cleaned_data
        last = found["last"] or found["first"]
        told = (found["kind"] or None, found["name"])
        return {found["first"] + timedelta(n): told for n in range((last - found["first"]).days + 1)}


class MonthDayField(forms.CharField):
    """A day of every year: 05-01, 5月1日."""

    def clean(self, value: Any) -> str:
        found = _MONTH_DAY.fullmatch(super().clean(value).strip())
        if found is None:
            raise forms.ValidationError(_("Write month and day, for example 05-01."))
        return f"{int(found[1]):02d}-{int(found[2]):02d}"


class SeasonForm(forms.Form):
    """Office hours of one season on some weekdays; without hours the season falls away."""

    season_from = MonthDayField(label=pgettext_lazy("range of days", "From"), max_length=8, initial="01-01")
    season_to = MonthDayField(label=pgettext_lazy("range of days", "To"), max_length=8, initial="12-31")
    weekdays = forms.MultipleChoiceField(
        label=_("Weekdays"),
        choices=[
            *(("1", _("Monday")), ("2", _("Tuesday")), ("3", _("Wednesday")), ("4", _("Thursday")), ("5", _("Friday"))),
            *(("6", _("Saturday")), ("7", _("Sunday"))),
        ],
        initial=list("12345"),
        widget=forms.CheckboxSelectMultiple,
    )
    hours = forms.CharField(
        label=_("Hours of a day"),
        required=False,
        max_length=60,
        help_text=_("For example 08:00-12:00 14:00-18:00. Empty: this season falls away."),
    )

    def clean_hours(self) -> list[Window]:
        """The windows of a day."""
        try:
            return [
                Window.parse(part) for part in re.split(r"[\s,，、;；]+", self.cleaned_data["hours"].replace("–", "-")) if part
            ]
        except ClockError as error:
            raise forms.ValidationError(_("Hours are written like 08:00-12:00 14:00-18:00.")) from error

    def spans(self) -> list[Hours]:
        """What the use-case takes."""
        found = self.cleaned_data
        days = "".join(sorted(found["weekdays"]))
        return [Hours(one.opens, one.closes, found["season_from"], found["season_to"], days) for one in found["hours"]]


SeasonFormSet = forms.formset_factory(SeasonForm, extra=1, max_num=6, absolute_max=6)


def seasons_of(rows: list[OfficeHours]) -> list[dict[str, Any]]:
    """The hours that stand, as the forms show them."""
    spans: dict[tuple[str, str, str], list[str]] = {}
    for row in sorted(rows, key=lambda one: (one.season_from, one.opens)):
        spans.setdefault((row.season_from, row.season_to, row.weekdays), []).append(f"{row.opens:%H:%M}-{row.closes:%H:%M}")
    return [
        {"season_from": first, "season_to": last, "weekdays": list(weekdays), "hours": " ".join(hours)}
        for (first, last, weekdays), hours in spans.items()
    ]


class ChooseForm(forms.Form):
    """Which calendar a unit counts by."""

    calendar = forms.TypedChoiceField(
        label=_("Counts by"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class CopyForm(forms.Form):
    """The name of a calendar of the unit's own."""

    name = forms.CharField(label=_("Name of the new calendar"), max_length=60)
