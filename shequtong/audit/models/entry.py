"""One thing that was done (审计记录): who, what, to what, when; written in the transaction of the deed."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class Entry(Local):
    """Append-only. `seal` is empty until the worker has put the row into the chain of its subdistrict."""

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
    seal_id = models.BigIntegerField(null=True)
    position = models.BigIntegerField(null=True)  # place in the chain of the subdistrict, from 1
    mac = CodeField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "object_kind", "object_id", "id"], name="audit_entry_object"),
            models.Index(fields=["subdistrict", "position"], name="audit_entry_position"),
            models.Index(
                fields=["subdistrict", "id"], name="audit_entry_unsealed", condition=models.Q(position__isnull=True)
            ),
        ]
