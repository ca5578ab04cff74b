"""A sealed batch of entries (封存): one link of the HMAC chain of one subdistrict."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Seal(Local):
    """The entries `first`..`last` of the chain. Everything here is under `mac`, made with a key that is not in the database."""

    number = (
        models.BigIntegerField()
    )  # from 1, without gaps: two workers that seal at once want the same number, and one of them loses
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    ids = models.JSONField()  # of the entries, in the order of their positions: says which row is gone, added or moved
    digest = CodeField(max_length=64)  # SHA-256 over their marks, in the same order
    previous = CodeField(max_length=64)  # the mac of the seal before; "" for the first
    at = models.DateTimeField()
    mac = CodeField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "number"], name="audit_seal_number")]
