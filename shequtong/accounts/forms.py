"""What is typed to sign in and to look after one's account."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PhoneForm(forms.Form):
    """Where to send a code."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}),
    )


class CodeForm(forms.Form):
    """The six digits that came, from a message or from an app."""

    code = forms.CharField(
        label=_("Six-digit code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )


class PasswordForm(forms.Form):
    """The other way in: the number typed above, or the user name of who has none, with a password."""

    phone = forms.CharField(label=_("Mobile number"), max_length=80, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    login = forms.CharField(
        label=_("User name"),
        help_text=_("Only for administrators, who have no number here."),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, object]:
        """`login` is the user name, else the number."""
        found = super().clean() or {}
        found["login"] = found.get("login") or found.pop("phone", "")
        found.pop("phone", None)
        if not found["login"] and not self.errors:
            raise forms.ValidationError(_("Enter your mobile number above first."))
        return found


class NewPasswordForm(forms.Form):
    """A password of one's own; the current one is left out where it is not asked for."""

    current = forms.CharField(
        label=_("Current password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters, not only digits, nothing that is easy to guess."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, ask_current: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        if not ask_current:
            del self.fields["current"]

    def clean(self) -> dict[str, object]:
        """Both entries of the new one agree."""
        found = super().clean() or {}
        if "new" in found and "again" in found and found["new"] != found["again"]:
            self.add_error("again", _("The two entries differ."))
        return found
