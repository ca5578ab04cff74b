"""The second factor (动态口令): the secret an authenticator app shares with one account."""

from django.db import models

from shequtong.core.locality import Coordinator
from shequtong.core.sealed import SealedTextField


class TotpSecret(Coordinator):
    """`last_step` is the 30-second step of the last code that was taken: no code is taken twice, nor an older one."""

    account = models.OneToOneField("accounts.Account", models.PROTECT, related_name="totp")
    secret = SealedTextField(mask="text")
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
