"""The form of an internal note (内部备注)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """Words, and whom they concern."""

    text = forms.CharField(
        label=_("Note"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Staff who see the case read it; the reporter never does."),
    )
    mentions = forms.TypedMultipleChoiceField(
        label=_("Who should know"),
        coerce=int,
        required=False,
        help_text=_("They get a message."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"].choices = people  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
