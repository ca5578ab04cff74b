"""Forms of answers and call backs (答复与回访表单), of the phrases they begin with, and of looking for answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.cases.forms.fields import class_choices
from shequtong.cases.models.phrase import USES
from shequtong.cases.shown import move_name
from shequtong.core.places import place
from shequtong.territory.models import Unit
from shequtong.territory.units import tree

_SCORES = (
    ("5", _("Very satisfied")),
    ("4", _("Satisfied")),
    ("3", _("Neither")),
    ("2", _("Dissatisfied")),
    ("1", _("Very dissatisfied")),
)

_LEAST_WORDS = 2  # characters of a reason


class CallBackForm(forms.Form):
    """Whether somebody answered, and what they said."""

    reached = forms.TypedChoiceField(
        label=_("Was the reporter reached?"),
        choices=[("yes", pgettext_lazy("call back", "Reached")), ("no", pgettext_lazy("call back", "Nobody answered"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    solved = forms.TypedChoiceField(
        label=_("Is it solved?"),
        choices=[("", pgettext_lazy("call back", "Not said")), ("yes", _("Solved")), ("no", _("Not solved"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    score = forms.TypedChoiceField(
        label=_("How satisfied?"),
        choices=[("", pgettext_lazy("call back", "Not said")), *_SCORES],
        coerce=int,
        empty_value=None,
        required=False,
    )
    words = forms.CharField(
        label=_("What the reporter said"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reopen = forms.BooleanField(
        label=_("Not solved: reopen it at once"), required=False, help_text=_("What the reporter said is the reason.")
    )

    def __init__(self, *args: Any, may_reopen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reopen:
            del self.fields["reopen"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found.setdefault("reopen", False)
        if found["reopen"] and (found.get("solved") is not False or len(found.get("words", "").strip()) < _LEAST_WORDS):
            self.add_error("reopen", _("Only what is said not to be solved is reopened; please write what the reporter said."))
        return found


class PhraseForm(forms.Form):
    """A phrase: for which move and class, its short name and its text."""

    use = forms.ChoiceField(label=_("For"))
    class_code = forms.ChoiceField(label=_("Class"), required=False)
    title = forms.CharField(label=_("Short name"), max_length=40)
    text = forms.CharField(label=_("Text"), min_length=2, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    rank = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, initial=0, help_text=_("Small numbers stand first."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"].choices = [(use, move_name(use)) for use in USES]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["class_code"].choices = [("", _("Every class")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class AnswerSearchForm(forms.Form):
    """What to look for among the answers: words, a case number, a class. It stands in the address."""

    q = forms.CharField(label=_("Words or case number"), required=False, max_length=60)
    cls = forms.ChoiceField(label=_("Class"), required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("answer", "State"),
        required=False,
        choices=[
            ("", _("Any")),
            ("sent", pgettext_lazy("answer", "Sent")),
            ("draft", pgettext_lazy("answer", "Waits for approval")),
            ("returned", pgettext_lazy("answer", "Returned")),
        ],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["cls"].choices = [("", _("Any")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


class PublishedSearchForm(forms.Form):
    """Which published answers: of a street where there are several, of a community, with words. It stands in the address."""

    q = forms.CharField(label=_("Words or case number"), required=False, max_length=60)
    street = forms.ChoiceField(label=_("Subdistrict"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)

    def __init__(self, data: Any, *, streets: tuple[int, ...]) -> None:
        super().__init__(data)
        named = data.get("street", "")
        # Of one street at a time, the first one when none is named: its answers are read in the order of an index.
        self.place = next((number for number in streets if str(number) == named), streets[0] if streets else 0)
        if len(streets) > 1:
            self.fields["street"].choices = [(number, place(number).name) for number in streets]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        else:
            del self.fields["street"]
        communities = [one for one in tree().by_id.values() if one.kind == Unit.Kind.COMMUNITY and one.subdistrict == self.place]
        self.fields["community"].choices = [("", _("Any")), *((one.path, one.name) for one in communities)]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
