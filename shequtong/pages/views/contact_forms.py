"""The form of a contact card (联系卡表单)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.pages.views.station_forms import office_phone


class ContactForm(forms.Form):
    """What residents read: nothing of it is anybody's own."""

    name = forms.CharField(
        label=_("Name shown to residents"),
        max_length=60,
        help_text=_("As it stands at the door: service hall, community office."),
    )
    phone = forms.CharField(
        label=_("Telephone of the office"),
        max_length=30,
        required=False,
        help_text=_("A public number, nobody's own."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    hours = forms.CharField(
        label=_("Opening hours"),
        max_length=200,
        required=False,
        help_text=_("In words, as they hang at the door: days, hours, holidays."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("What else one should know before coming: which floor, which papers, whom to ring at night."),
    )

    def clean_phone(self) -> str:
        """A telephone number in its one form; short numbers as they are."""
        return office_phone(self.cleaned_data["phone"], self.initial.get("phone", ""))

    def clean(self) -> dict[str, Any]:
        """A card says whom to ring or where to go."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (told["phone"] or told["address"]):
            raise forms.ValidationError(_("Give a telephone or an address: without either nobody is helped."))
        return told
