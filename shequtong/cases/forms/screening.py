"""Forms against abuse (防滥用表单): held reports decided together, a sender blocked, a block lifted."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.models import Blocked
from shequtong.cases.usecases.block_sender import LONGEST_DAYS, LONGEST_REASON
from shequtong.cases.usecases.not_accept_case import REASONS
from shequtong.cases.usecases.screen_reports import ADMIT, REFUSE


class ScreenForm(forms.Form):
    """What becomes of the ticked reports; which they are stands in the page's own boxes (`case`)."""

    verdict = forms.ChoiceField(choices=[(ADMIT, ADMIT), (REFUSE, REFUSE)], widget=forms.HiddenInput, required=False)
    why = forms.ChoiceField(
        label=_("Why it is not accepted"), choices=[("", _("Please choose")), *REASONS.items()], required=False
    )
    note = forms.CharField(
        label=_("What the reporter reads"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for reports that are not accepted: say why in plain words, and where they can turn to."),
    )


class BlockForm(forms.Form):
    """By what the sender is known, until when, why, and whether nothing is taken at all."""

    kinds = forms.MultipleChoiceField(label=_("Who is limited"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        min_length=4,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it. Say what was sent and when, without names of others."),
    )
    refuse = forms.BooleanField(
        label=_("Take no reports of this sender here"),
        required=False,
        help_text=_("Otherwise they are read first. What is sent without signing in is only ever read first, never refused."),
    )

    def __init__(self, *args: Any, kinds: list[tuple[Blocked.Kind, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        field.choices = kinds  # type: ignore[attr-defined]  # a MultipleChoiceField behind the mapping
        # Nobody shares an account; a network address is shared by many, so it is a choice of its own.
        field.initial = [kind for kind, _label in kinds if kind != Blocked.Kind.ADDRESS]
        until = self.fields["until"]
        until.help_text = _("At most %(most)d days from today (%(today)s); then it ends by itself.") % {
            "most": LONGEST_DAYS,
            "today": today.isoformat(),
        }


class LiftForm(forms.Form):
    """Why it ends before its day."""

    why = forms.CharField(label=_("Why it is lifted"), min_length=2, max_length=LONGEST_REASON)
