"""Forms about one's own data and the requests about it (本人数据表单): what was typed, by the resident or at the window."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.core.phones import NotAPhone, normalise_phone
from shequtong.people.bases import BASES
from shequtong.people.facts import PERSON
from shequtong.people.forms import FactsForm
from shequtong.people.models import Consent, RightsRequest, Source

_AREA = forms.Textarea(attrs={"rows": 3})
_OFF = {"autocomplete": "off"}


class TailForm(forms.Form):
    """The last six places of one's document."""

    tail = forms.CharField(
        label=gettext_lazy("Last six places of your identity document"),
        min_length=6,
        max_length=6,
        widget=forms.TextInput(attrs={**_OFF, "autocapitalize": "characters"}),
    )


class CorrectForm(FactsForm):
    """What one fact should be, and why. `now_held`: the kind of document, by which a number is read; what stands is not filled in."""

    words = forms.CharField(label=gettext_lazy("How can we tell that it is so?"), max_length=300, required=False, widget=_AREA)


class WordsForm(forms.Form):
    """Why something is asked; may be left empty."""

    words = forms.CharField(label=gettext_lazy("Reason (you need not give one)"), max_length=300, required=False, widget=_AREA)


class AnswerForm(forms.Form):
    """How a request is answered."""

    done = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("rights", "As asked")), ("no", pgettext_lazy("rights", "Refuse"))],
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer in writing, which the person reads"), min_length=4, max_length=500, widget=_AREA
    )


class CorrectionForm(AnswerForm):
    """A correction: also from what it is known, and since when."""

    source = forms.ChoiceField(
        label=gettext_lazy("Known from"),
        choices=[one for one in Source.choices if one[0] in (Source.RESIDENT, Source.DOCUMENT)],
    )
    on = forms.DateField(
        label=gettext_lazy("Since (empty: what stood here never was so)"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class AskForm(forms.Form):
    """A request taken down at the window, of somebody who came in person."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is asked"),
        choices=RightsRequest.Kind.choices,
        initial=RightsRequest.Kind.COPY,
    )
    fact = forms.ChoiceField(label=gettext_lazy("To be corrected (of a correction)"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("To be deleted (of a deletion)"), required=False)
    words = forms.CharField(label=gettext_lazy("In the person's words"), max_length=300, required=False, widget=_AREA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = [("", "—"), *((one.name, str(one.label)) for one in PERSON)]
        self.fields["fact"].choices = facts  # type: ignore[attr-defined]  # a choice field
        self.fields["group"].choices = [("", "—"), *((one.group, str(one.label)) for one in BASES)]  # type: ignore[attr-defined]  # a choice field


class LinkForm(forms.Form):
    """The phone by which somebody signs in, at the window."""

    phone = forms.CharField(
        label=gettext_lazy("Phone the resident signs in with"),
        max_length=20,
        widget=forms.TextInput(attrs={**_OFF, "inputmode": "tel"}),
    )
    seen = forms.BooleanField(label=gettext_lazy("I have seen the person and their document"))

    def clean_phone(self) -> str:
        """In the usual spelling."""
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except NotAPhone as refusal:
            raise forms.ValidationError(str(refusal)) from None


class ConsentForm(forms.Form):
    """What the person said at the window about a group that rests on consent."""

    stands = forms.ChoiceField(
        label=gettext_lazy("The person"),
        widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("consent", "agrees")), ("no", pgettext_lazy("consent", "takes the consent back"))],
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How it can be shown"), choices=[one for one in Consent.How.choices if one[0] != Consent.How.ONLINE]
    )


class ExportForm(forms.Form):
    """Which columns, masked or in clear, and what for."""

    columns = forms.MultipleChoiceField(label=gettext_lazy("Columns"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=gettext_lazy("What is the table for?"), min_length=4, max_length=200)
    in_clear = forms.BooleanField(
        label=gettext_lazy("In clear: names, numbers and addresses unmasked (a second person must approve)"), required=False
    )

    def __init__(self, *args: Any, columns: Mapping[str, Any], reveals: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = [(name, str(label)) for name, label in columns.items()]  # type: ignore[attr-defined]  # a choice field
        if not reveals:
            del self.fields["in_clear"]


class DecideForm(forms.Form):
    """The second person's decision."""

    done = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[("yes", pgettext_lazy("export", "Approve")), ("no", pgettext_lazy("export", "Refuse"))],
    )
    words = forms.CharField(label=gettext_lazy("Reason (of a refusal)"), max_length=200, required=False)
