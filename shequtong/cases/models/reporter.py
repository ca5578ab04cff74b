"""Who told a case (反映人): what the case knows of them, sealed. Not an account, not a person of the registry."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local
from shequtong.core.sealed import KeyedHashField, SealedTextField

PHONE_DOMAIN = "phone"  # the same domain as accounts', so that a signed-in phone finds its reports


class Reporter(Local):
    """`key` is given at intake and opens the case without signing in. Name and phone may be empty; they go when consent is withdrawn or their period ends."""

    class Consent(models.TextChoices):
        PAGE = "page"  # read and agreed on the page
        SPOKEN = "spoken"  # told at the window or on the phone, noted by staff
        SYSTEM = "system"  # given to another system, which answers for it

    class Removed(models.TextChoices):
        """Why name and phone are gone."""

        WISH = "wish"  # 撤回同意
        PERIOD = "period"  # 保存期满

    account_id = models.BigIntegerField(null=True)
    name = SealedTextField(mask="name", blank=True, default="")
    phone = SealedTextField(mask="phone", blank=True, default="")
    phone_hash = KeyedHashField(of="phone", domain=PHONE_DOMAIN)
    key = SealedTextField(mask="text", blank=True, default="")
    consent = CodeField(max_length=10, choices=Consent, blank=True)
    consent_at = models.DateTimeField(null=True)
    notice_version = CodeField(max_length=20, blank=True)
    # Keyed hash of the network address of who had not signed in, so that a sender of abuse can be blocked; forgotten after 30 days.
    sent_from = models.BinaryField(max_length=80, null=True)
    sent_until = models.DateTimeField(null=True)
    contact_removed_at = models.DateTimeField(null=True)
    contact_removed_for = CodeField(max_length=10, choices=Removed, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "phone_hash"], name="cases_reporter_phone"),
            models.Index(
                fields=["subdistrict", "sent_until"], name="cases_reporter_sent", condition=models.Q(sent_until__isnull=False)
            ),
            models.Index(
                fields=["subdistrict", "consent_at", "id"],
                name="cases_reporter_contact",
                condition=models.Q(contact_removed_at__isnull=True),
            ),
        ]

    @property
    def has_contact(self) -> bool:
        """Whether a name or a phone is kept."""
        return bool(self.name or self.phone)
