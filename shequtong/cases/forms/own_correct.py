"""The form by which reporters correct what they told themselves (反映人更正)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.forms.fields import class_choices
from shequtong.cases.forms.reporters import CorrectForm
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.resident_forms import WordsField
from shequtong.cases.usecases import Correction


class OwnCorrectForm(CorrectForm):
    """What the reporter told wrongly; what stays empty stays as it is. Class and place until it is registered, the telephone of who has no account."""

    note = WordsField(label=gettext_lazy("Anything to add"), required=False, least=0, most=2000, rows=3)
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that name and telephone are kept to contact me about this matter"), required=False
    )
    field_order = ("cls", "q", "building", "phone", "consent", "note")

    def __init__(self, *args: Any, early: bool, reached_by: str, agreed: bool, **kwargs: Any) -> None:
        """`reached_by`: "phone" when a telephone may be left; `agreed`: consent to keep one was given before."""
        super().__init__(*args, **kwargs)
        self.fields["cls"].choices = [("", _("As it is")), *class_choices(for_residents=True)]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["phone"].label = _("Your telephone")
        self.fields["phone"].widget.attrs.update({"autocomplete": "tel", "inputmode": "tel"})
        gone = [] if early else ["cls", "q", "building"]
        gone += [] if reached_by == "phone" else ["phone", "consent"]
        gone += ["consent"] if agreed else []
        for name in dict.fromkeys(gone):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A telephone where none was kept needs the reporter's consent."""
        found = super().clean()
        if found.get("phone") and "consent" in self.fields and not found.get("consent"):
            self.add_error("consent", _("Please tick this if we may keep your name or telephone; or leave both empty."))
        return found

    def correction(self) -> Correction:
        """What is put right. Call it only on a valid form."""
        told = self.cleaned_data
        return Correction(
            class_code=told.get("cls") or None,
            building_id=told.get("building"),
            phone=told.get("phone") or None,
            notice_version=NOTICE_VERSION if told.get("consent") else "",
        )
