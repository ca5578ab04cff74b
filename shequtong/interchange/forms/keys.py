"""Forms of keys (接口密钥表单)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.interchange import rights
from shequtong.interchange.usecases.open_system_key import FASTEST


class KeyForm(forms.Form):
    """Which system, for which place, what it may do."""

    name = forms.CharField(
        label=_("System"), max_length=60, help_text=_("As staff know it. It stands at each case it sends and in every trace.")
    )
    contact = forms.CharField(
        label=_("Whom to ask"), max_length=120, required=False, help_text=_("An office or a service number.")
    )
    place = forms.ChoiceField(label=pgettext_lazy("system", "For"), help_text=_("It sees and sends cases of this place only."))
    may_report = forms.BooleanField(label=_("May send requests by Open311"), required=False, initial=True)
    screened = forms.BooleanField(
        label=_("What it sends is looked at first"),
        required=False,
        help_text=_("Its requests wait under “To be screened”; it gets a token first, and the number once they are let through."),
    )
    rights = forms.MultipleChoiceField(
        label=_("May by the typed API"), choices=list(rights.LABELS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    acts_as = forms.ChoiceField(
        label=_("Makes moves as"),
        required=False,
        help_text=_("It may do what this post may do here, as far as the API has the move."),
    )
    station = forms.ChoiceField(
        label=_("At the station"),
        required=False,
        help_text=_("For a post at a station: it then sees and moves what is this station's."),
    )
    per_minute = forms.IntegerField(label=_("Calls a minute at most"), min_value=1, max_value=FASTEST, initial=60)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty: until it is revoked."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, places: dict[str, str], posts: dict[str, str], stations: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["place"].choices = [("", _("Choose the place")), *places.items()]
        fields["acts_as"].choices = [("", _("Nobody: it makes no moves")), *posts.items()]
        fields["station"].choices = [("", _("None")), *stations]

    def clean_rights(self) -> frozenset[str]:
        """As a set."""
        return frozenset(self.cleaned_data["rights"])


class RevokeForm(forms.Form):
    """Why a key is revoked."""

    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
