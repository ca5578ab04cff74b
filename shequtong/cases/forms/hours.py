"""Which hours, months, places and classes the map of hours shows (时段筛选)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.cases.forms.filters import FilterForm
from shequtong.cases.lookups.by_hour import ALL_DAY, HoursAsked
from shequtong.core.actors import Reach

# The parts of a day as an office speaks of them.
BANDS = (
    (range(6), pgettext_lazy("part of the day", "Night")),
    (range(6, 12), pgettext_lazy("part of the day", "Morning")),
    (range(12, 18), pgettext_lazy("part of the day", "Afternoon")),
    (range(18, 24), pgettext_lazy("part of the day", "Evening")),
)
YEAR = 12  # months
_OTHERS = ("stage", "light", "station", "mine", "waits", "q", "reach", "issue", "view")


def said(hours: range) -> str:
    """From when to when, e.g. 6–12."""
    return f"{hours.start}–{hours.stop}"


def code_of(hours: range) -> str:
    """As an address says it; "" is the whole day."""
    return "" if hours == ALL_DAY else f"{hours.start}-{hours.stop}"


class HoursForm(FilterForm):
    """The place and class of the queue's filters, with hours and months."""

    hours = forms.ChoiceField(label=gettext_lazy("Hours"), required=False)
    months = forms.TypedChoiceField(
        label=gettext_lazy("Period"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", gettext_lazy("Last 12 months")),
            ("3", gettext_lazy("Last 3 months")),
            ("1", gettext_lazy("This month")),
            ("0", gettext_lazy("All there is")),
        ],
    )
    field_order = ("hours", "months", "cls", "under")

    def __init__(self, data: Any, *, reach: Reach) -> None:
        super().__init__(data, reach=reach)
        for name in _OTHERS:
            self.fields.pop(name, None)
        bands = [(code_of(band), f"{name} {said(band)}") for band, name in BANDS]
        single = [(code_of(range(hour, hour + 1)), said(range(hour, hour + 1))) for hour in ALL_DAY]
        self._offer("hours", [("", _("Whole day")), (_("Part of the day"), bands), (_("One hour"), single)])

    def asked(self, today: date) -> HoursAsked:
        """What was chosen; nonsense in an address chooses nothing."""
        kept = self.filters()  # validates
        first, _dash, last = self.cleaned_data.get("hours", "").partition("-")
        chosen = self.cleaned_data.get("months")
        many = YEAR if chosen is None else chosen
        return HoursAsked(
            range(int(first), int(last)) if last else ALL_DAY,
            kept.class_code,
            kept.under,
            _months_before(today, many - 1) if many else None,
        )


def _months_before(today: date, many: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - many, 12)
    return date(year, month + 1, 1)
