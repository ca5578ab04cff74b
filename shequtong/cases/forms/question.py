"""The form of a question to the reporter (问询的答复)."""

from django import forms
from django.utils.translation import gettext_lazy

from shequtong.cases.forms.fields import PhotosField
from shequtong.cases.resident_forms import WordsField


class AnswerQuestionForm(forms.Form):
    """What the reporter answers, with photos."""

    note = WordsField(
        label=gettext_lazy("Your answer"),
        least=2,
        most=2000,
        rows=4,
        error_messages={"required": gettext_lazy("Please write your answer.")},
    )
    photos = PhotosField(label=gettext_lazy("Photos"), help_text=gettext_lazy("JPEG, PNG, WebP or HEIC, up to 12 MB each."))
