"""Words somebody looks for (检索词): short enough, with something in it to look for, and no telephone."""

from typing import Any

from django import forms

from shequtong.cases.found import what_is_wrong


class WordsField(forms.CharField):
    """What is typed into a search, without blanks at its ends."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace("\x00", "")
        if text and (wrong := what_is_wrong(text)):
            raise forms.ValidationError(wrong)
        return text
