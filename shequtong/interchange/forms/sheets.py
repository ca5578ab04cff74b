"""Forms of sheets (报表表单): a template with what a street says of it, and the filling of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shequtong.interchange.models import SheetTemplate
from shequtong.interchange.sheets_out.child import MAX_BYTES
from shequtong.interchange.usecases import SheetSettings
from shequtong.interchange.usecases.keep_sheet_template import LAST_DUE_DAY


class SheetTemplateForm(forms.Form):
    """`there`: the workbook is there already and need not be sent again."""

    name = forms.CharField(
        label=gettext_lazy("Name of the sheet"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Sent by"), choices=SheetTemplate.Level.choices)
    due_next = forms.ChoiceField(
        label=gettext_lazy("Due in"),
        choices=[("same", pgettext_lazy("sheet", "the same month")), ("next", pgettext_lazy("sheet", "the month after"))],
    )
    due_day = forms.IntegerField(
        label=gettext_lazy("Due by the day"), min_value=1, max_value=LAST_DUE_DAY, initial=25, help_text=gettext_lazy("1 to 28")
    )

    def __init__(self, *args: Any, there: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if there:
            self.fields["file"].required = False
            self.fields["file"].help_text = _("Only if the workbook itself is to be replaced.")

    def clean_file(self) -> Any:
        """Named as a workbook, and not larger than a template is."""
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than %(size)s MB.") % {"size": MAX_BYTES >> 20})
        if file and not file.name.lower().endswith(".xlsx"):
            raise forms.ValidationError(_("The file is no .xlsx workbook. Open it, save it as .xlsx, and send that."))
        return file

    @property
    def settings(self) -> SheetSettings:
        """As typed."""
        told = self.cleaned_data
        return SheetSettings(told["name"], told["level"], told["due_day"], told["due_next"] == "next")


class FillForm(forms.Form):
    """Whether values go out in clear."""

    in_clear = forms.BooleanField(
        label=gettext_lazy("With values in clear: names, numbers, telephones"),
        required=False,
        help_text=gettext_lazy("A second person must approve. Without it they are masked."),
    )
