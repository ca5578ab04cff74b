"""A sealed batch of entries (封存): the link of the HMAC chain of one subdistrict."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Seal(Local):
    """Entries `first`..`last` of the chain; `head` is the HMAC after the last, under a key outside the database."""

    number = models.BigIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    previous = CodeField(max_length=64)
    head = CodeField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "number"], name="audit_seal_number")]
