"""A link between an account and a person (关联): made after a check, dated, revocable. It is what `/me/` shows by."""

from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.people.models.person import Person


class LinkQuerySet(LocalQuerySet["AccountLink"]):
    """Start with `within(subdistrict, …)`."""

    def live(self) -> Self:
        """Not revoked, of a person whose record stands: death and moving away end a link at once."""
        return self.filter(revoked_at__isnull=True, person__ended_on__isnull=True)


class AccountLink(Local):
    """`account_id` is bare: accounts are the installation's. `how` says what was checked."""

    class How(models.TextChoices):
        DOCUMENT = "document"  # shown at the window
        PHONE = "phone"  # the phone of the account is the person's, and they named their document's last six

    class Revoked(models.TextChoices):
        RESIDENT = "resident"
        STAFF = "staff"
        ENDED = "ended"  # died or moved away

    person = LocalForeignKey(Person, models.PROTECT, related_name="links")
    linked_account_id = models.BigIntegerField()
    how = CodeField(max_length=10, choices=How)
    checked_by = models.CharField(max_length=80, blank=True, default="")
    linked_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_for = CodeField(max_length=10, choices=Revoked, blank=True, default="")
    revoked_by = models.CharField(max_length=80, blank=True, default="")
    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "person", "linked_at"], name="people_link_past")]
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "linked_account_id"], name="people_link_account", condition=Q(revoked_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "person"], name="people_link_person", condition=Q(revoked_at__isnull=True)
            ),
        ]

    def reach_facts(self) -> Facts:
        """It is the account's own."""
        return Facts(self.subdistrict_id, reporter_account=self.linked_account_id, object_id=self.pk)
