"""Forms of the moves between stations (承办协同表单): who leads, who helps, who of the station has it, who takes it over."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.moves import NoteForm, ReasonForm
from shequtong.cases.shown import station_name
from shequtong.organizations.stations import StationRef


def _choices(stations: Iterable[StationRef]) -> list[tuple[int, str]]:
    return [(found.id, station_name(found)) for found in stations]


Grouped = list[tuple[str, list[tuple[int, str]]]]  # stations under the names of their groups


class DispatchForm(NoteForm):
    """Which station handles it, and which help; the duty list's own lead is chosen beforehand, its assistants stand first."""

    to = forms.TypedChoiceField(label=_("Station"), coerce=int)
    assisting = forms.TypedMultipleChoiceField(
        label=_("Assisting stations"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Up to five; each answers for its own part."),
    )
    task = forms.CharField(
        label=_("What the assisting stations should do"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("to", "assisting", "task", "note")

    def __init__(self, *args: Any, stations: Grouped, likely: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = [("", _("Choose a station")), *stations]  # where the duty list leads to nobody, nobody stands chosen
        self.fields["to"].choices = stations if self.initial.get("to") else lead  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        every = [one for _group, some in stations for one in some]
        self.fields["assisting"].choices = sorted(every, key=lambda one: one[0] not in likely)  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class StationForm(ReasonForm):
    """Which station, and words: whom to ask for what, whom to offer the case and why, where the director sends it."""

    station = forms.TypedChoiceField(label=_("Station"), coerce=int)
    field_order = ("station", "note")

    def __init__(self, *args: Any, stations: list[StationRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].choices = _choices(stations)  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class AssistForm(StationForm):
    """Whom to ask, for what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].label = _("Assisting station")
        self.fields["note"].label = _("What they should do")


class AnswerAssistanceForm(ReasonForm):
    """Done or declined, with words."""

    done = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("Done")), ("no", _("Declined"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("done", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What was done, or why not")


class CallOffForm(ReasonForm):
    """What is asked no more, and why: the other station or the office reads it. The only one that is open stands chosen."""

    what = forms.ChoiceField(label=_("What is called off"), widget=forms.RadioSelect)
    field_order = ("what", "note")

    def __init__(self, *args: Any, open: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = open  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        if len(open) == 1:
            self.fields["what"].initial = open[0][0]


class AssignForm(NoteForm):
    """Who of the station has it from now on."""

    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    field_order = ("person", "note")

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose a person")), *people.items()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
