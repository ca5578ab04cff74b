"""The form of the limits of stages (环节时限表单): a limit in words for each stage that staff have for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shequtong.cases.catalogue import catalogue
from shequtong.cases.standards.writing import stage_limit_words
from shequtong.cases.workflow import OPEN_STAGES, STATION_STAGES
from shequtong.core.clock import Limit
from shequtong.core.clock.spoken import Unclear, spoken, unclear_text

STAGES = tuple(stage for stage in OPEN_STAGES if stage not in STATION_STAGES)


class StageLimitField(forms.CharField):
    """Words of a limit with nothing beside it."""

    def clean(self, value: Any) -> Limit:
        """The limit they say."""
        found = spoken(super().clean(value))
        if isinstance(found, Unclear):
            raise forms.ValidationError(unclear_text(found))
        if found.note or found.only:
            raise forms.ValidationError(_("Write a number and a clock, nothing else."))
        return found.limit


class StageLimitsForm(forms.Form):
    """A field a stage, named like it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in STAGES:
            told = stage_limit_words(catalogue().stage_limit(stage))
            self.fields[stage.value] = StageLimitField(label=stage.label, max_length=40, initial=told)

    def limits(self) -> dict[str, Limit]:
        """Limits that were typed anew, by stage; one that nobody has set yet is among them."""
        told, held = self.cleaned_data, catalogue().stage_limits
        return {stage.value: told[stage.value] for stage in STAGES if held.get(stage.value) != told[stage.value]}
