"""An account (账号): a login, staff and residents alike. It is not a person of the registry and not a reporter."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import INSTALLATION, Coordinator
from shequtong.core.phones import normalise_phone
from shequtong.core.sealed import KeyedHashField, SealedTextField, hashes_of

PHONE_DOMAIN = "phone"


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by what is typed into the sign-in page."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)

    def with_phone(self, phone: str) -> "Account | None":
        """The account of a phone in any usual spelling; None when there is none or the number is malformed."""
        try:
            plain = normalise_phone(phone)
        except ValueError:
            return None
        # The index leaves out accounts without a phone: SQLite takes it for a question that says so, and reads all accounts for another.
        return self.filter(phone_hash__in=hashes_of(PHONE_DOMAIN, plain)).exclude(phone_hash="").first()


class Account(Coordinator, AbstractBaseUser):
    """Signs in by phone and code, or by phone (or user name) and password. Nobody is superuser."""

    username = CodeField(max_length=40, unique=True, null=True, blank=True)  # the three administrators and services
    phone = SealedTextField(mask="phone", blank=True, default="")
    phone_hash = KeyedHashField(of="phone", domain=PHONE_DOMAIN)
    name = SealedTextField(mask="name", blank=True, default="")
    shown_name = models.CharField(max_length=80, blank=True)  # staff: their name at work; residents: masked
    language = CodeField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff_member = models.BooleanField(default=False)  # has or had an appointment: signed out when idle
    must_use_totp = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)  # the password was printed once and is another's to know
    guides = models.JSONField(
        default=dict
    )  # guide -> the step its owner stands at; 0 once they know it. What it guides is said above
    created_at = models.DateTimeField()
    objects = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_hash"], name="accounts_account_phone", condition=~models.Q(phone_hash=""))
        ]

    def __str__(self) -> str:
        return self.shown_name or self.username or str(self.pk)

    def reach_facts(self) -> Facts:
        """Accounts belong to the installation, whatever street their owner works in."""
        return Facts(INSTALLATION, object_id=self.pk)
