"""Forms of subscriptions (事件订阅表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shequtong.interchange.webhooks import LABELS


class SubscriptionForm(forms.Form):
    """Where which events are sent."""

    url = forms.CharField(
        label=_("Address"),
        max_length=300,
        help_text=_("https, on the public network. Redirects are not followed."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(label=_("Events"), choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple)

    def clean_kinds(self) -> frozenset[str]:
        """As a set."""
        return frozenset(self.cleaned_data["kinds"])


class ReplayForm(forms.Form):
    """From when on everything is sent once more."""

    since = forms.DateTimeField(
        label=_("Events since"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
