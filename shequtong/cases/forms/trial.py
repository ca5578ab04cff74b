"""Form of the trial of routing (试算表单): reports pasted, one a line, and by which way they would come."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.lookups.trial import MOST, Pasted
from shequtong.cases.models import Case
from shequtong.cases.usecases.open_case import LONGEST_TEXT, SHORTEST_TEXT


class TrialForm(forms.Form):
    """Lines of words, address and class, as a spreadsheet's columns are pasted."""

    reports = forms.CharField(
        label=gettext_lazy("Reports, one a line"),
        max_length=MOST * 1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Words, then the address, then the class, with a tab or | between them; address and class may be left out. Nothing is kept."
        ),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Would come by way of"), choices=Case.Channel, initial=Case.Channel.RESIDENT)
    nameless = forms.BooleanField(label=gettext_lazy("Nobody says who told it"), required=False)

    def clean_reports(self) -> list[Pasted]:
        """The lines that say something; told by its line where one cannot be read."""
        lines = [line for line in self.cleaned_data["reports"].replace("\x00", "").splitlines() if line.strip()]
        if not lines:
            raise forms.ValidationError(_("Paste one report at least."))
        if len(lines) > MOST:
            raise forms.ValidationError(
                _("Paste up to %(most)d reports at once; here are %(n)d.") % {"most": MOST, "n": len(lines)}
            )
        return [_pasted(n, line) for n, line in enumerate(lines, start=1)]

    def as_columns(self) -> dict[str, Any]:
        """What the lookup asks for."""
        told = self.cleaned_data
        return {"pasted": told["reports"], "channel": told["channel"], "nameless": told["nameless"]}


def _pasted(n: int, line: str) -> Pasted:
    parts = [part.strip() for part in line.replace("|", "\t").split("\t")]
    if not SHORTEST_TEXT <= len(parts[0]) <= LONGEST_TEXT:
        raise forms.ValidationError(
            _("Line %(n)d: the words need %(least)d to %(most)d characters.")
            % {"n": n, "least": SHORTEST_TEXT, "most": LONGEST_TEXT}
        )
    return Pasted(parts[0], *(parts[1:3]))
