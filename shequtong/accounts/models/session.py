"""A session (登录会话): one device that is signed in. Django's session table with what the owner needs to tell them apart."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from shequtong.core.fields import CodeField


class Session(AbstractBaseSession):
    """Held under a hash of the cookie's key, so that a copy of this table signs nobody in. It holds no phone, name or code."""

    locality_kind: ClassVar[str] = "coordinator"

    session_key = CodeField(max_length=64, primary_key=True)  # SHA-256 of the key in the cookie
    account_id = models.BigIntegerField(null=True)
    device = CodeField(max_length=40, blank=True)  # "chrome/windows": shown in words
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # in steps of `settings.SESSION_SEEN_STEP`

    class Meta:
        indexes = [models.Index(fields=["account_id", "seen_at"], name="accounts_session_account")]
