"""Forms of the resident's pages (居民表单): what happened, who tells it, and how one opens one's own matter again."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.accounts.models import Account
from shequtong.cases.forms.fields import PhoneField, PhotosField, class_choices
from shequtong.cases.notice import NOTICE_VERSION
from shequtong.cases.numbers import format_number, parse_number
from shequtong.cases.usecases import NewReporter
from shequtong.cases.usecases.open_case import LONGEST_TEXT, SHORTEST_TEXT
from shequtong.core.places import place

# They turn the writing of what stands after them, in lists and in what staff copy elsewhere.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_control(letter: str) -> bool:
    return letter in _TURNING or unicodedata.category(letter) == "Cc"


class WordsField(forms.CharField):
    """A resident's own words: control characters that nobody types are dropped, each line break counts once. Too much is said, not cut."""

    def __init__(self, *, least: int = SHORTEST_TEXT, most: int = LONGEST_TEXT, rows: int = 6, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return "".join(letter for letter in text if letter in "\n\t" or not _is_control(letter)).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and len(value) < self.least:
            raise forms.ValidationError(_("Please write a little more, at least %(least)d characters.") % {"least": self.least})
        if len(value) > self.most:
            raise forms.ValidationError(
                _("This is too long: %(now)d characters, at most %(most)d. Please shorten it.")
                % {"now": len(value), "most": self.most}
            )

    def run_validators(self, value: Any) -> None:
        """Nothing is left for Django's own: NUL is dropped above, the length is said in our words."""


UNSURE = "?"  # instead of a class: whoever reads it decides what it is


class WhatForm(forms.Form):
    """Step 2: what it is about, and the words."""

    cls = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose what it is about.")},
    )
    text = WordsField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy(
            "Where exactly, since when, whom it affects. Please leave out identity numbers and other people's names."
        ),
        error_messages={"required": gettext_lazy("Please tell us what happened.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cls"].choices = [*class_choices(for_residents=True), (UNSURE, _("I cannot say"))]  # type: ignore[attr-defined]  # a ChoiceField behind the mapping
        self.fields["cls"].error_messages["invalid_choice"] = _("Please choose what it is about.")


class TellerForm(forms.Form):
    """Who tells us: name and telephone with consent, or the account that is signed in. All may stay empty."""

    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree that name and telephone are kept to contact me about this matter"), required=False
    )

    def __init__(self, *args: Any, account: Account | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["consent"].tied = True  # type: ignore[attr-defined]  # wanted as soon as a name or number is given: not "optional"
        self.knows_phone = account is not None and bool(account.phone)
        if self.knows_phone:
            assert account is not None
            # Its phone is on record: nobody types it again, and the page never carries it.
            del self.fields["phone"]
            self.fields["consent"].label = _("You may call me about this matter on the telephone of my account, %(phone)s") % {
                "phone": account.phone.masked
            }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (found.get("name") or found.get("phone")) and not found.get("consent"):
            self.add_error("consent", _("Please tick this if we may keep your name or telephone; or leave both empty."))
        return found

    def told_by(self) -> NewReporter:
        """The reporter as told; with consent the telephone of a known account. Call it only on a valid form."""
        told = self.cleaned_data
        agreed = bool(told["consent"])
        phone = told.get("phone", "")
        if self.knows_phone and agreed and self.account is not None:
            phone = self.account.phone.reveal()
        return NewReporter(
            name=told["name"],
            phone=phone,
            account_id=self.account.pk if self.account else None,
            consent="page" if agreed and (told["name"] or phone) else "",
            notice_version=NOTICE_VERSION,
        )


class SendForm(TellerForm, WhatForm):
    """Step 3: photos and who tells it. Class and words of step 2 come along unseen; nothing of it stands in an address or a session."""

    photos = PhotosField(
        label=gettext_lazy("Photos"), help_text=gettext_lazy("Up to six; JPEG, PNG, WebP or HEIC, up to 12 MB each.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for hidden in ("cls", "text"):
            self.fields[hidden].widget = forms.HiddenInput()


class JoinForm(TellerForm):
    """Who else met it: without signing in a telephone is needed, else nobody could be told what became of it."""

    def __init__(self, *args: Any, account: Account | None, **kwargs: Any) -> None:
        super().__init__(*args, account=account, **kwargs)
        if account is None:
            self.fields["phone"].required = True
            self.fields["phone"].error_messages["required"] = _("Please leave a telephone number, or sign in.")


class AddForm(forms.Form):
    """What the reporter adds, with photos."""

    note = WordsField(
        label=gettext_lazy("What do you want to add?"),
        least=2,
        most=2000,
        rows=4,
        error_messages={"required": gettext_lazy("Please write what you want to add.")},
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"), help_text=gettext_lazy("Up to six; JPEG, PNG, WebP or HEIC, up to 12 MB each.")
    )


class WithdrawForm(forms.Form):
    """Why it need not be followed any more."""

    note = WordsField(
        label=gettext_lazy("Why do you withdraw it?"),
        least=2,
        most=2000,
        rows=3,
        error_messages={"required": gettext_lazy("Please say why, so that nobody wonders.")},
    )


class FindForm(forms.Form):
    """Number and key, as given at intake, in any usual spelling."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        help_text=gettext_lazy("As on your slip or in the text message, e.g. SS-2026-000123-C."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Please enter the number.")},
    )
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "The 8 letters and digits you were given together with the number. Without it you see how far it is."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        parsed = parse_number(self.cleaned_data["number"])
        if parsed is None:
            raise forms.ValidationError(_("This number has a typing error. Please compare each character, the last one too."))
        return format_number(place(parsed.place).letters, parsed.year, parsed.serial)

    def clean_key(self) -> str:
        plain = unicodedata.normalize("NFKC", self.cleaned_data["key"]).upper()
        return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


class ReopenForm(forms.Form):
    """Why it is not over, in the reporter's words, with photos."""

    note = WordsField(
        label=gettext_lazy("What is not solved yet?"),
        least=2,
        most=2000,
        rows=4,
        error_messages={"required": gettext_lazy("Please say what is not solved yet.")},
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"), help_text=gettext_lazy("Up to six; JPEG, PNG, WebP or HEIC, up to 12 MB each.")
    )


class EvaluateForm(forms.Form):
    """The reporter's evaluation."""

    solved = forms.TypedChoiceField(
        label=gettext_lazy("Was it solved?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose whether it was solved.")},
    )
    score = forms.TypedChoiceField(
        label=gettext_lazy("How satisfied are you?"),
        choices=[
            (5, gettext_lazy("Very satisfied")),
            (4, gettext_lazy("Satisfied")),
            (3, gettext_lazy("Neither")),
            (2, gettext_lazy("Dissatisfied")),
            (1, gettext_lazy("Very dissatisfied")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose how satisfied you are.")},
    )
    comment = WordsField(label=gettext_lazy("Anything to add"), required=False, least=0, most=2000, rows=3)
