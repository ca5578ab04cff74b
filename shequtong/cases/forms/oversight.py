"""Forms of oversight (督办与申诉表单): what is demanded and by when, what is replied, how an appeal is judged."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.cases.forms.clocks import DayInput
from shequtong.cases.forms.moves import ReasonForm


class UrgeForm(ReasonForm):
    """What is demanded, and by which day the station replies."""

    reply_by = forms.DateField(label=_("Reply by"), widget=DayInput, required=False, help_text=_("To the end of this day."))
    field_order = ("note", "reply_by")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What you demand")
        self.fields["reply_by"].widget.attrs["min"] = today.isoformat()


class ReplyUrgeForm(ReasonForm):
    """What was done, for those who urged."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Reply to the urging")


class AppealForm(ReasonForm):
    """Why the delay should not count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Why the delay should not count")


class JudgeForm(ReasonForm):
    """Granted or not, with words."""

    grant = forms.TypedChoiceField(
        label=_("Judgement"),
        choices=[("yes", _("Granted")), ("no", _("Not granted"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    field_order = ("grant", "note")
