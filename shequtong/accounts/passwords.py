"""Passwords nobody should choose here (弱口令): what Chinese password lists start with, and one's own phone or user name."""

import re
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Of our own making: pinyin of everyday words and greetings, keyboard walks, lucky and love numbers, this platform's own words.
_COMMON = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="ascii").split()
_LEET = str.maketrans({"0": "o", "1": "l", "3": "e", "@": "a", "$": "s", "5": "s", "!": "i"})
_MARKS = re.compile(r"[\W_]+")
# Longest first, so that "1314520" is not read as "1314" and a rest.
_PIECES = re.compile("|".join(sorted(map(re.escape, _COMMON), key=len, reverse=True)))


def is_common(password: str) -> bool:
    """Whether the password is made of nothing but such words, numbers, a date of birth and marks (Woaini@1314520)."""
    bare = _MARKS.sub("", password.lower())
    for spelling in (bare, bare.translate(_LEET)):
        rest = _PIECES.sub("", spelling)
        rest = re.sub(r"(?:19|20)\d\d(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])", "", rest)
        if len(rest) < 4 or len(set(rest)) < 3:
            return True
    return False


class ChinesePasswordValidator:
    """For `AUTH_PASSWORD_VALIDATORS`: refuses `is_common` ones and those built on the account's own phone or user name."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError with a sentence for the one who chose it."""
        if is_common(password):
            raise ValidationError(_("This password is among those that are tried first. Choose another."), code="password_common")
        for own in self._own(user):
            if own.lower() in password.lower():
                raise ValidationError(_("The password must not contain your phone number or user name."), code="password_own")

    def get_help_text(self) -> str:
        """Shown beside the field."""
        return _("At least 10 characters, not only digits, nothing that is easy to guess.")

    @staticmethod
    def _own(user: AbstractBaseUser | None) -> list[str]:
        username = getattr(user, "username", "") or ""
        phone = getattr(user, "phone", None)
        plain = phone.reveal() if phone else ""
        return [own for own in (username, plain, plain[-8:]) if len(own) >= 4]
