"""Forms of the moves of the main line (流转表单). They read what was typed; rules stand in the use-cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.fields import PhotosField


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


class HandleForm(ReasonForm):
    """What was done, with photos."""

    photos = PhotosField(label=_("Photos after handling"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What was done")


class VerifyForm(NoteForm):
    """What was seen on the spot, with photos."""

    photos = PhotosField(label=_("Photos on the spot"), help_text=_("JPEG, PNG, WebP or HEIC, up to 12 MB each."))


class VerifyCloseForm(VerifyForm):
    """What was seen on the spot, and the written answer; nothing of it may be left out where somebody waits for an answer."""

    text = forms.CharField(
        label=_("Answer to the reporter"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Left out where nobody waits for an answer."),
    )
    publish = forms.BooleanField(
        label=_("Show the answer on the public page"), required=False, help_text=_("Only if it names nobody and nothing private.")
    )


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
