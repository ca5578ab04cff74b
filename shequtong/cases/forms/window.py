"""Forms of the window (窗口表单): taking a case down, and asking to see a telephone number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.fields import ClassSelect, PhoneField, PhotosField, class_choices
from shequtong.cases.usecases.open_case import LONGEST_TEXT, SHORTEST_TEXT


class RevealForm(forms.Form):
    """Why somebody wants to see a phone number."""

    reason = forms.CharField(label=_("Why do you need it?"), min_length=4, max_length=200, help_text=_("The reason is logged."))


class WindowForm(forms.Form):
    """A case told at the window or by telephone, taken down by staff. In the order in which one hears it: what, who, and how it came."""

    cls = forms.ChoiceField(label=_("What it is about"), widget=ClassSelect({"autofocus": True}))
    text = forms.CharField(
        label=_("What happened"), min_length=SHORTEST_TEXT, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )
    name = forms.CharField(label=_("Name of the reporter"), required=False, max_length=40)
    phone = PhoneField(label=_("Telephone of the reporter"), required=False, max_length=30)
    consent = forms.BooleanField(label=_("The reporter was told what is kept and why, and agrees"), required=False)
    channel = forms.ChoiceField(
        label=_("How it was told"),
        choices=[("window", _("At the window")), ("phone", _("By telephone")), ("staff", _("Found by staff"))],
        widget=forms.RadioSelect,
    )
    photos = PhotosField(label=_("Photos"))

    def __init__(self, *args: Any, channel: str = "window", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].initial = channel
        self.fields["cls"].choices = [("", _("Please choose")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (found.get("name") or found.get("phone")) and not found.get("consent"):
            self.add_error("consent", _("Name and telephone are only kept with the reporter's consent."))
        return found


class SettledForm(forms.Form):
    """What staff found and settled on the spot (自行处置)."""

    cls = forms.ChoiceField(label=_("What it is about"), widget=ClassSelect({"autofocus": True}))
    text = forms.CharField(
        label=_("What you found"), min_length=SHORTEST_TEXT, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    photos = PhotosField(label=_("Photos before"))
    done = forms.CharField(label=_("What you did"), min_length=2, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    after = PhotosField(label=_("Photos after"), help_text=_("Somebody else reviews it from the photos."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cls"].choices = [("", _("Please choose")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["after"].required = True
