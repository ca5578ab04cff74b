"""The contact card of a unit's office (联系卡): where residents go and whom they ring: a street's service hall, a community's office."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.locality import Shared


class ContactCard(Shared):
    """One a unit, everything on it public and nobody's own. `hours` are words as they hang at the door."""

    unit = models.OneToOneField("territory.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organizations_contact_says_where", condition=~models.Q(phone="", address="") & ~models.Q(name="")
            )
        ]

    def reach_facts(self) -> Facts:
        """It lies in its unit."""
        return Facts(self.unit.subdistrict_id, self.unit.path, object_id=self.pk)
