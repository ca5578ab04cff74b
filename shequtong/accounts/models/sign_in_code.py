"""A sign-in code (验证码) that was sent: six digits, hashed, good once and for five minutes."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Coordinator
from shequtong.core.sealed import KeyedHashField, SealedTextField

PHONE_DOMAIN = "phone"


class SignInCode(Coordinator):
    """The limits per phone and per address are counted over these rows. Only the browser that asked knows which row is its own."""

    phone = SealedTextField(mask="phone")
    phone_hash = KeyedHashField(of="phone", domain=PHONE_DOMAIN)
    address_hash = CodeField(max_length=84)
    code_hash = CodeField(max_length=84)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_hash", "made_at"], name="accounts_code_phone"),
            models.Index(fields=["address_hash", "made_at"], name="accounts_code_address"),
            models.Index(fields=["made_at"], name="accounts_code_made"),
        ]
