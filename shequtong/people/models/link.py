"""A link between an account and a person (关联): made after a check, dated, revocable. It is what `/me/` shows by."""

from django.db import models
from django.db.models import Q

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey
from shequtong.people.models.person import Person


class AccountLink(Local):
    """`account_id` is bare: accounts are the installation's. `how` says what was checked."""

    class How(models.TextChoices):
        DOCUMENT = "document"  # shown at the window
        PHONE = "phone"  # the phone of the account is the person's, and they named their document's last six

    person = LocalForeignKey(Person, models.PROTECT, related_name="links")
    linked_account_id = models.BigIntegerField()
    how = CodeField(max_length=10, choices=How)
    checked_by = models.CharField(max_length=80, blank=True, default="")
    linked_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "linked_account_id"], name="people_link_account", condition=Q(revoked_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "person"], name="people_link_person", condition=Q(revoked_at__isnull=True)
            ),
        ]
