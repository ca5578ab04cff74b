"""Forms of a table of people (人口表表单): the file, then what each column is and whose word it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.interchange.people_in.fields import OTHERS, TARGETS
from shequtong.interchange.people_in.mapping import Guess, care_words, faults
from shequtong.interchange.people_in.set_targets import GROUPS
from shequtong.interchange.people_in.table import MAX_BYTES
from shequtong.people.facts import PERSON
from shequtong.people.models import Source


class PeopleTableForm(forms.Form):
    """A table of people."""

    file = forms.FileField(
        label=gettext_lazy("Table (.xlsx, .xls, .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        """Not larger than a table is."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES >> 20})
        return file


_MANY = 60  # columns
Options = list[tuple[str, list[tuple[str, str]]]]


def _options() -> Options:
    """What a column may be, in groups."""
    groups: list[tuple[object, Iterable[tuple[str, object]]]] = [
        (_("Person"), [(fact.name, fact.label) for fact in PERSON]),
        (_("Where they live"), OTHERS),
        *((label, targets) for _name, label, targets in GROUPS),
    ]
    return [(str(group), [(value, str(words)) for value, words in some]) for group, some in groups]


class _Select(forms.Select):
    """A select whose options are the same in hundreds of columns: made once, then only what is chosen is marked."""

    def __init__(self, words: SafeString) -> None:
        super().__init__()
        self._words = words

    @staticmethod
    def made(options: Options) -> SafeString:
        """The options as HTML."""
        leave = format_html('<option value="">{}</option>', pgettext("column", "Leave out"))
        groups = ((group, format_html_join("", '<option value="{}">{}</option>', some)) for group, some in options)
        return leave + format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The same as Django's, forty times as fast."""
        chosen = format_html('<option value="{}"', value or "")
        told = format_html_join("", ' {}="{}"', sorted((self.attrs | (attrs or {})).items()))
        words = mark_safe(self._words.replace(chosen, chosen + " selected", 1))  # noqa: S308  # made above, escaped there
        return format_html('<select name="{}"{}>{}</select>', name, told, words)


class _Typed(forms.TextInput):
    """What one of hundreds of columns is, typed or picked from the list that all of them share."""

    def __init__(self) -> None:
        leave = pgettext("column", "Leave out")
        super().__init__(attrs={"list": ColumnsForm.shared_list, "autocomplete": "off", "placeholder": leave, "size": 24})


class _Column(forms.CharField):
    """What one column is: a target, or the words of one. A column of special care is none."""

    def __init__(self, known: Mapping[str, str], label: str, guess: Guess, widget: forms.Widget) -> None:
        super().__init__(label=label, initial=guess.target, widget=widget, required=False, empty_value="")
        self._known, self._barred = known, guess.barred

    def clean(self, value: Any) -> Any:
        """Refuses what is not in the list; of a column of special care, everything."""
        told = super().clean(value)
        if told and self._barred:
            raise forms.ValidationError(care_words())
        if told not in self._known:
            raise forms.ValidationError(_("Choose from the list."))
        return self._known[told]


class ColumnsForm(forms.Form):
    """What each column is; the guess is chosen beforehand. `source`: whose word the table is, which decides what it may overwrite.

    Of a table with hundreds of columns, those that nothing is guessed of are typed: a list in each would make a page of megabytes.
    """

    shared_list = "people-targets"
    source = forms.ChoiceField(
        label=gettext_lazy("Whose word the table is"),
        choices=[(one, one.label) for one in (Source.IMPORT, Source.DOCUMENT, Source.POLICE)],
        initial=Source.IMPORT,
        help_text=gettext_lazy("A weaker source never overwrites a stronger one; what is empty is always filled."),
    )

    def __init__(self, *args: Any, names: list[str], guesses: list[Guess], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made, wide = _Select.made(_options()), len(names) > _MANY
        labels = {str(label): name for name, label in TARGETS}
        known = {"": "", **labels, **{name: name for name, _label in TARGETS}}
        self._names, self._columns = names, [f"column_{at}" for at in range(len(names))]
        for field, name, guess in zip(self._columns, names, guesses, strict=True):
            label, typed = name or _("Column without a heading"), wide and not guess.target
            self.fields[field] = _Column(known, label, guess, _Typed() if typed else _Select(made))
        self.shared_words = list(labels) if wide else []

    def clean(self) -> dict[str, Any]:
        """A name and a door; nothing twice."""
        found = super().clean() or {}
        for wrong in faults(self.targets, self._names) if not self.errors else ():
            self.add_error(None, wrong)
        return found

    @property
    def targets(self) -> list[str]:
        """As chosen, in the order of the columns."""
        return [self.cleaned_data.get(field, "") for field in self._columns]

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields of the columns, in order."""
        return [self[field] for field in self._columns]
