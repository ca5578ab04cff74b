"""Forms of the case pages (案件表单). They read what was typed; rules stand in the use-cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.catalogue import open_classes
from shequtong.cases.lookups import Filters
from shequtong.cases.shown import class_name, station_name
from shequtong.cases.usecases.open_case import LONGEST_TEXT, SHORTEST_TEXT
from shequtong.cases.workflow import OPEN_STAGES, Stage
from shequtong.core.phones import normalise_phone
from shequtong.organizations.stations import StationRef


class PhotoInput(forms.ClearableFileInput):
    """A file input that takes several photos; phones offer the camera."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos; the files area judges what they are."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif", "multiple": True}
        super().__init__(widget=PhotoInput(attrs=attrs), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = data if isinstance(data, list | tuple) else [data]
        return [item for item in (super(PhotosField, self).clean(each, initial) for each in found if each) if item]


def class_choices(*, for_residents: bool = False) -> list[tuple[str, str]]:
    """Classes to choose from, in the order of the catalogue."""
    return [(found.code, class_name(found)) for found in open_classes(for_residents=for_residents)]


class FilterForm(forms.Form):
    """The queue's filters, kept in the address."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    light = forms.ChoiceField(
        label=_("State of the clock"), required=False, choices=[("", _("Any")), ("amber", _("Due soon")), ("red", _("Overdue"))]
    )
    cls = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.value, stage.label) for stage in OPEN_STAGES]
        self.fields["stage"].choices = [  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
            ("", _("All open")),
            *stages,
            (Stage.CLOSED.value, Stage.CLOSED.label),
            (Stage.VOIDED.value, Stage.VOIDED.label),
            ("all", _("All")),
        ]
        self.fields["cls"].choices = [("", _("Any")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def filters(self) -> Filters:
        """What was chosen; an address with nonsense in it filters nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return Filters(stage=chosen.get("stage", ""), light=chosen.get("light", ""), class_code=chosen.get("cls", ""))


class NoteForm(forms.Form):
    """A move with words that may be left out."""

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Staff read this."),
    )


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    note = forms.CharField(label=_("Reason"), min_length=2, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PlainForm(forms.Form):
    """A move without words."""


class DispatchForm(NoteForm):
    """Which station handles it; the duty list's own is chosen beforehand."""

    to = forms.TypedChoiceField(label=_("Station"), coerce=int)
    field_order = ("to", "note")

    def __init__(self, *args: Any, stations: list[StationRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(found.id, station_name(found)) for found in stations]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class AssistForm(ReasonForm):
    """Whom to ask, for what."""

    station = forms.TypedChoiceField(label=_("Assisting station"), coerce=int)
    field_order = ("station", "note")

    def __init__(self, *args: Any, stations: list[StationRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].choices = [(found.id, station_name(found)) for found in stations]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
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


class HandleForm(ReasonForm):
    """What was done, with photos."""

    photos = PhotosField(label=_("Photos after handling"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What was done")


class VerifyForm(NoteForm):
    """What was seen on the spot, with photos."""

    photos = PhotosField(label=_("Photos on the spot"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))


class ReworkForm(ReasonForm):
    """What is not fixed, with photos."""

    photos = PhotosField(label=_("Photos on the spot"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))


class AnswerForm(forms.Form):
    """The written answer."""

    text = forms.CharField(
        label=_("Answer to the reporter"), min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    publish = forms.BooleanField(
        label=_("Show the answer on the public page"), required=False, help_text=_("Only if it names nobody and nothing private.")
    )


class RevealForm(forms.Form):
    """Why somebody wants to see a phone number."""

    reason = forms.CharField(label=_("Why do you need it?"), min_length=4, max_length=200, help_text=_("The reason is logged."))


class PhoneField(forms.CharField):
    """A telephone number in any usual spelling, normalised."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return normalise_phone(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class WindowForm(forms.Form):
    """A case told at the window or by telephone, taken down by staff."""

    channel = forms.ChoiceField(
        label=_("How it was told"),
        choices=[("window", _("At the window")), ("phone", _("By telephone")), ("staff", _("Found by staff"))],
        widget=forms.RadioSelect,
        initial="window",
    )
    cls = forms.ChoiceField(label=_("What it is about"))
    text = forms.CharField(
        label=_("What happened"), min_length=SHORTEST_TEXT, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )
    photos = PhotosField(label=_("Photos"))
    name = forms.CharField(label=_("Name of the reporter"), required=False, max_length=40)
    phone = PhoneField(label=_("Telephone of the reporter"), required=False, max_length=30)
    consent = forms.BooleanField(label=_("The reporter was told what is kept and why, and agrees"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cls"].choices = [("", _("Please choose")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (found.get("name") or found.get("phone")) and not found.get("consent"):
            self.add_error("consent", _("Name and telephone are only kept with the reporter's consent."))
        return found
