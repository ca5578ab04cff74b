"""Forms about what was told (反映内容的表单): merging and taking apart, correcting, and blocking a sender."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.forms.moves import ReasonForm
from shequtong.cases.numbers import format_number, parse_number
from shequtong.core.places import place


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
