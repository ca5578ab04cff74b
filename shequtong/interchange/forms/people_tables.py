"""Forms of a table of people (人口表表单): the file, then what each column is and whose word it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shequtong.interchange.people_in.fields import TARGETS
from shequtong.interchange.people_in.mapping import Guess, faults
from shequtong.interchange.people_in.table import MAX_BYTES
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


class ColumnsForm(forms.Form):
    """What each column is; the guess is chosen beforehand. `source`: whose word the table is, which decides what it may overwrite."""

    source = forms.ChoiceField(
        label=gettext_lazy("Whose word the table is"),
        choices=[(one, one.label) for one in (Source.IMPORT, Source.DOCUMENT, Source.POLICE)],
        initial=Source.IMPORT,
        help_text=gettext_lazy("A weaker source never overwrites a stronger one; what is empty is always filled."),
    )

    def __init__(self, *args: Any, names: list[str], guesses: list[Guess], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", pgettext("column", "Leave out")), *((name, str(label)) for name, label in TARGETS)]
        self._columns = [f"column_{at}" for at in range(len(names))]
        for field, name, guess in zip(self._columns, names, guesses, strict=True):
            label = name or _("Column without a heading")
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, initial=guess.target, required=False)

    def clean(self) -> dict[str, Any]:
        """A name and a door; nothing twice."""
        found = super().clean() or {}
        for wrong in faults(self.targets) if not self.errors else ():
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
