"""Forms of stations and seats (派驻单位表单)."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.shown import station_name
from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.organizations.models import Agency
from shequtong.organizations.stations import StationRef
from shequtong.pages.views.people_forms import indented
from shequtong.territory.units import UnitRef


def office_phone(text: str, before: str) -> str:
    """A telephone number in its one form; short numbers (110, 12345) and what stood there before as they are."""
    text = text.strip()
    if text in ("", before) or (text.isascii() and text.isdecimal() and 3 <= len(text) <= 5):
        return text
    try:
        return normalise_phone(text)
    except NotAPhone as refusal:
        raise forms.ValidationError(str(refusal)) from None


class StationFilters(forms.Form):
    """Which street, for who reaches several; which agency; those that stand or those that ended."""

    street = forms.ChoiceField(label=_("Street"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", pgettext_lazy("stations", "Standing")), ("ended", pgettext_lazy("stations", "Ended"))],
    )

    def __init__(self, data: Any, *, streets: list[UnitRef], agencies: dict[str, str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["street"].choices = [(one.code, one.name) for one in streets]
        fields["agency"].choices = [("", _("Any")), *agencies.items()]
        if len(streets) < 2:
            del self.fields["street"]
        self.is_valid()

    def chosen(self, name: str) -> str:
        """What the address says, if it is offered."""
        return str(self.cleaned_data.get(name) or "")


class ChangeForm(forms.Form):
    """What may change of a station."""

    name = forms.CharField(label=pgettext_lazy("station", "Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    unit = forms.TypedChoiceField(
        label=_("Serves"), coerce=int, help_text=_("This place and all that lies under it: cases from there are proposed to it.")
    )
    office_phone = forms.CharField(
        label=_("Telephone of the office"),
        max_length=30,
        required=False,
        help_text=_("A public number, nobody's own."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, *args: Any, places: list[UnitRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "—"), *((str(one.id), indented(one)) for one in places)]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def clean_office_phone(self) -> str:
        """A telephone number in its one form; short numbers as they are."""
        return office_phone(self.cleaned_data["office_phone"], self.initial.get("office_phone", ""))


class AddForm(ChangeForm):
    """A new station: agency and code stay for good."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Letters, digits, - and _; it is never used again."),
        validators=[RegexValidator(r"\A[0-9A-Za-z][0-9A-Za-z_-]*\Z")],
    )
    field_order = ("agency", "name", "name_en", "code", "unit", "office_phone")

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "—"), *((str(one.pk), one.name) for one in agencies)]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class EndStationForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SeatForm(forms.Form):
    """A station that serves the precinct and has no seat yet."""

    station = forms.TypedChoiceField(label=_("Station"), coerce=int)

    def __init__(self, *args: Any, stations: list[StationRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["station"].choices = [("", "—"), *((str(one.id), station_name(one)) for one in stations)]  # type: ignore[attr-defined]  # the same
