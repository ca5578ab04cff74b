"""Forms before a case is registered (立案之前的表单): what was found on the spot, why a report is not accepted, under which condition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.fields import PhotosField
from shequtong.cases.forms.moves import NoteForm, ReasonForm
from shequtong.cases.usecases.not_accept_case import REASONS


class ConfirmForm(ReasonForm):
    """What was found, in one word and in words, with photos."""

    finding = forms.ChoiceField(
        label=_("What you found"),
        choices=[
            ("exists", _("It is as reported")),
            ("absent", _("Nothing of the kind is there")),
            ("unclear", _("It cannot be said")),
        ],
        widget=forms.RadioSelect,
    )
    photos = PhotosField(label=_("Photos on the spot"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))
    field_order = ("finding", "note", "photos")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What you saw")


class NotAcceptForm(ReasonForm):
    """Why, and what the reporter reads."""

    why = forms.ChoiceField(label=_("Why it is not accepted"), choices=[("", _("Please choose")), *REASONS.items()])
    field_order = ("why", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What the reporter reads")
        self.fields["note"].help_text = _("Say why in plain words, and where they can turn to.")


class RegisterForm(NoteForm):
    """Which condition of the standard is met, where the class has several (立案条件)."""

    row = forms.TypedChoiceField(label=_("Condition to register"), coerce=int, widget=forms.RadioSelect, required=False)
    field_order = ("row", "note")

    def __init__(self, *args: Any, rows: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(rows) > 1:
            self.fields["row"].choices = rows  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
            self.fields["row"].error_messages["required"] = _("Choose the condition that is met: it sets the time for handling.")
            self.fields["row"].required = True
        else:
            del self.fields["row"]


class ReviewForm(NoteForm):
    """Whether what staff settled on the spot counts (自行处置的审核)."""

    valid = forms.TypedChoiceField(
        label=_("Was it settled?"),
        choices=[("yes", _("Yes, the photos show it")), ("no", _("No, it does not count"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("valid", "note")
