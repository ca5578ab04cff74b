"""One thing that was done (审计记录): who, what, to what, when; written in the transaction of the deed."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Entry(Local):
    """Append-only. `mark` is the HMAC of the row's content, made when it is written; the worker later gives it its place in the chain."""

    what = CodeField(max_length=60)  # e.g. cases.dispatched
    object_kind = CodeField(max_length=60)
    object_id = models.BigIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)  # the name shown at the time
    post = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=dict)  # what changed; never a phone, a name of a resident, or a text of theirs
    mark = CodeField(max_length=64)
    seal_id = models.BigIntegerField(null=True)  # the Seal that took it in; NULL: not sealed yet
    position = models.BigIntegerField(null=True)  # place in the chain of the subdistrict, from 1, in the order of sealing

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "position"], name="audit_entry_position")]
        indexes = [
            models.Index(fields=["subdistrict", "object_kind", "object_id", "id"], name="audit_entry_object"),
            models.Index(fields=["subdistrict", "at", "id"], name="audit_entry_at"),
            models.Index(fields=["subdistrict", "account_id", "at", "id"], name="audit_entry_account"),
            models.Index(fields=["subdistrict", "id"], name="audit_entry_unsealed", condition=models.Q(position__isnull=True)),
        ]
