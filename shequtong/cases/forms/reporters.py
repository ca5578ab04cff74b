"""Forms about what was told (反映内容的表单): merging cases, and correcting what was taken down."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.forms.fields import PhoneField, class_choices
from shequtong.cases.forms.moves import NoteForm, ReasonForm
from shequtong.cases.numbers import format_number, parse_number
from shequtong.cases.usecases.withdraw_consent import LONGEST_REASON, SHORTEST_REASON
from shequtong.core.places import place
from shequtong.territory.address import search_buildings


class MergeForm(ReasonForm):
    """Into which case, and why."""

    into = forms.CharField(
        label=gettext_lazy("Number of the case it is merged into"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ("into", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Why it is the same matter")

    def clean_into(self) -> str:
        """The number in its one spelling."""
        parsed = parse_number(self.cleaned_data["into"])
        if parsed is None:
            raise forms.ValidationError(_("This number has a typing error. Please compare each character, the last one too."))
        return format_number(place(parsed.place).letters, parsed.year, parsed.serial)


class CorrectForm(NoteForm):
    """What is put right; what stays empty stays as it is. An address that fits several buildings comes back with them to choose from."""

    cls = forms.ChoiceField(label=gettext_lazy("What it is about"), required=False)
    q = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Street and number, or the name of the compound; e.g. 枫桥路12号3幢."),
    )
    building = forms.IntegerField(label=gettext_lazy("Which building?"), required=False, widget=forms.HiddenInput)
    phone = PhoneField(label=gettext_lazy("Telephone of the reporter"), required=False, max_length=30)
    field_order: tuple[str, ...] = ("cls", "q", "building", "phone", "note")

    def __init__(self, *args: Any, place: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        self.fields["cls"].choices = [("", _("As it is")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def clean(self) -> dict[str, Any]:
        """Up to two statements, for an address."""
        found = super().clean() or {}
        chosen, found["building"] = found.get("building"), None
        if not found.get("q"):
            return found
        matches = search_buildings(found["q"], (self.place,), limit=10)
        fitting = [match.building_id for match in matches]
        if not matches:
            self.add_error("q", _("No building found. Try the street and number, or the name of the compound."))
        elif len(matches) == 1 or chosen in fitting:
            found["building"] = chosen if chosen in fitting else fitting[0]
        else:
            self.fields["building"].widget = forms.RadioSelect(choices=[(match.building_id, match.label) for match in matches])
            self.add_error("building", _("Several buildings fit. Please choose one."))
        return found


class ConsentForm(forms.Form):
    """Whose name and telephone go, and how they asked for it."""

    # Any of the case: whose contact is gone already is answered by the use-case, so that a repeat gets the first answer.
    reporter = forms.IntegerField(
        label=gettext_lazy("Whose name and telephone?"), min_value=1, max_value=2**63 - 1, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("How did they ask for it?"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "E.g. came to the window, called from the number on record. The reason is logged; write no name and no number."
        ),
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reporter"].widget.choices = choices
        if len(choices) == 1:
            self.fields["reporter"].initial = choices[0][0]
