"""What is asked before grids are changed (网格调整表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.pages.views.people_forms import DayField


class RegridForm(forms.Form):
    """Why, and whether ground may stay without a grid."""

    reason = forms.CharField(
        label=_("Reason or decision"), max_length=200, help_text=_("It stands in the history of the grids and in the log.")
    )
    leave_gaps = forms.BooleanField(required=False)  # its box stands beside the gaps


class BordersForm(forms.Form):
    """Of which day the borders are to be shown."""

    day = DayField(label=_("Borders on the day"))
