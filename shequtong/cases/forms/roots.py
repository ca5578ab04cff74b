"""Forms of root-cause projects (根治项目表单): open one, say what was done, name another lead, give it up, filter the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.forms.clocks import DayInput
from shequtong.cases.roots_shown import STATE_WORDS
from shequtong.cases.shown import station_name
from shequtong.cases.usecases._roots import LONGEST_PERSON, LONGEST_TITLE, LONGEST_WORDS
from shequtong.organizations.stations import StationRef


class _LeadForm(forms.Form):
    """Who leads it, until when."""

    lead = forms.TypedChoiceField(label=_("Lead station"), coerce=int)
    person = forms.CharField(label=_("Person responsible"), max_length=LONGEST_PERSON, required=False)
    target_day = forms.DateField(label=_("To be done by"), widget=DayInput)

    def __init__(self, *args: Any, stations: tuple[StationRef, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a station")), *((one.id, station_name(one)) for one in stations)]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class OpenRootForm(_LeadForm):
    """About which place, what is to be cured and how, who leads it."""

    place = forms.ChoiceField(
        label=_("Place"),
        widget=forms.RadioSelect,
        help_text=_("New cases of this class at this place are what counts; choose no larger place than the cause has."),
    )
    title = forms.CharField(label=_("What is to be cured"), min_length=2, max_length=LONGEST_TITLE)
    plan = forms.CharField(
        label=_("Planned measures"),
        min_length=4,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What removes the cause, not only this case: who does what. Name no reporter."),
    )
    field_order = ("place", "title", "plan", "lead", "person", "target_day")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        field.choices = places  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        if len(places) == 1:
            field.initial = places[0][0]


class ChangeLeadForm(_LeadForm):
    """Another lead, person or day, and why."""

    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))


class MeasuresForm(forms.Form):
    """What was done."""

    words = forms.CharField(
        label=pgettext_lazy("root project", "What was done"),
        min_length=4,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Each measure with its day. From now on the 60 days run; each new case begins them anew."),
    )


class GiveUpForm(forms.Form):
    """Why it ends without result."""

    reason = forms.CharField(label=_("Reason"), min_length=4, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))


class RootFilterForm(forms.Form):
    """Which projects the list shows."""

    state = forms.ChoiceField(label=_("State"), choices=list(STATE_WORDS.items()), required=False)
    lead = forms.TypedChoiceField(label=_("Lead station"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, stations: list[StationRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Every station")), *((one.id, station_name(one)) for one in stations)]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
