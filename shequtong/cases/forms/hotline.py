"""Forms of the hotline's orders (12345 工单表单): a table sent in, the class each group of categories means, days to hand back."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.forms.fields import class_choices
from shequtong.cases.standards.workbook import MAX_BYTES

_NOT = "-"  # these orders stay out
LONGEST_SPAN = 92  # days of one list


class OrdersForm(forms.Form):
    """A table of orders."""

    file = forms.FileField(label=gettext_lazy("Workbook (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))

    def clean_file(self) -> Any:
        """Not larger than a table is."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES // 1024 // 1024})
        return file


class ClassesForm(forms.Form):
    """A class for each group of orders; the one that suggests itself is chosen beforehand. That orders stay out is chosen, never left open."""

    def __init__(self, *args: Any, groups: list[tuple[tuple[str, ...], str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a class")), (_NOT, _("Do not import these")), *class_choices()]
        for index, (group, suggested, n) in enumerate(groups):
            named = " › ".join(each for each in group if each) if group and group[0] else ""
            words = named or (_("Without categories, alike in words") if group else _("Without categories"))
            label = _("%(group)s (%(n)s orders)") % {"group": words, "n": n}
            self.fields[f"class_{index}"] = forms.ChoiceField(label=label, choices=choices, initial=suggested)

    def chosen(self) -> list[str]:
        """The codes, in the order of the groups; "" for those that stay out."""
        return [self.cleaned_data[name].replace(_NOT, "") for name in self.fields]


class SpanForm(forms.Form):
    """The days in which orders were received."""

    since = forms.DateField(
        label=gettext_lazy("Received from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(label=gettext_lazy("to"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """In order, and not too many days."""
        found = super().clean() or {}
        since: date | None = found.get("since")
        until: date | None = found.get("until")
        if since and until and not 0 <= (until - since).days < LONGEST_SPAN:
            raise forms.ValidationError(_("Choose up to %(most)s days, the first one first.") % {"most": LONGEST_SPAN})
        return found
