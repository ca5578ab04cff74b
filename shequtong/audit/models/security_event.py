"""The security log (安全日志): refusals, reveals and lock-outs, kept even when the request was rolled back."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local


class SecurityEvent(Local):
    """Written outside the transaction of the request. `facts` never holds what was revealed or tried."""

    kind = CodeField(max_length=30)  # refused, revealed, locked_out, signed_in, signed_out …
    what = CodeField(max_length=80)  # the permission, or what was revealed
    object_kind = CodeField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80, blank=True)
    address_hash = CodeField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    token = CodeField(
        max_length=32
    )  # made when it is noted: a row that waited in a file is written once, however often it is tried
    mark = CodeField(max_length=64)  # HMAC of the content, as in Entry

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "token"], name="audit_security_token")]
        indexes = [
            models.Index(fields=["subdistrict", "kind", "at", "id"], name="audit_security_kind"),
            models.Index(fields=["subdistrict", "at", "id"], name="audit_security_at"),
            models.Index(fields=["subdistrict", "account_id", "kind", "at"], name="audit_security_account"),
            models.Index(
                fields=["subdistrict", "object_id", "at"],
                name="audit_security_object",
                condition=models.Q(object_id__isnull=False),
            ),
        ]
