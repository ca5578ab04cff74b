"""The filters of the queue (筛选)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.fields import class_choices
from shequtong.cases.lookups import Filters
from shequtong.cases.workflow import OPEN_STAGES, Stage


class FilterForm(forms.Form):
    """The queue's filters, kept in the address."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    light = forms.ChoiceField(
        label=_("State of the clock"), required=False, choices=[("", _("Any")), ("amber", _("Due soon")), ("red", _("Overdue"))]
    )
    cls = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.value, stage.label) for stage in OPEN_STAGES]
        self.fields["stage"].choices = [  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
            ("", _("All open")),
            *stages,
            (Stage.CLOSED.value, Stage.CLOSED.label),
            (Stage.VOIDED.value, Stage.VOIDED.label),
            ("all", _("All")),
        ]
        self.fields["cls"].choices = [("", _("Any")), *class_choices()]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping

    def filters(self) -> Filters:
        """What was chosen; an address with nonsense in it filters nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        return Filters(stage=chosen.get("stage", ""), light=chosen.get("light", ""), class_code=chosen.get("cls", ""))
