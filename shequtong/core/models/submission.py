"""A form that was sent, with the answer it got: a repeat gets the first answer."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Submission(Local):
    """Unique per place, account and key; written in the transaction of what it answers."""

    account_id = models.BigIntegerField(default=0)  # 0: nobody was signed in; the key itself is unguessable
    key = CodeField(max_length=40)
    path = models.CharField(max_length=200)
    answer = models.CharField(max_length=300)  # the address the first answer led to
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "account_id", "key"], name="core_submission_once")]
        indexes = [models.Index(fields=["subdistrict", "at"], name="core_submission_at")]
