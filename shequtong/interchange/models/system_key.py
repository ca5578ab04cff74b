"""A key of another system (接口密钥): who may send us what, for which place, how fast, and until when."""

from django.db import models

from shequtong.core.actors import Facts
from shequtong.core.fields import CodeField
from shequtong.core.locality import INSTALLATION, Shared


class SystemKey(Shared):
    """The key itself is shown once and never stored: 256 random bits need no salt, their SHA-256 finds the row."""

    name = models.CharField(max_length=60, unique=True)  # the system's, as staff and traces say it
    contact = models.CharField(max_length=120, blank=True)  # whom to ask when it misbehaves
    unit = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")  # all it sees and does lies at or under it
    digest = CodeField(max_length=64, unique=True)
    ends_with = CodeField(max_length=4)  # of the key, so that two can be told apart
    may_report = models.BooleanField(default=True)  # by Open311
    rights = CodeField(max_length=80, blank=True)  # by the typed API: names of `rights.py`, by commas
    acts_as = CodeField(max_length=40, blank=True)  # the role whose moves it may make
    station = models.ForeignKey("organizations.Station", models.PROTECT, null=True, related_name="+")  # for a role at a station
    screened = models.BooleanField(default=False)  # what it sends is looked at before it goes on
    per_minute = models.PositiveIntegerField(default=60)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    last_day = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    def reach_facts(self) -> Facts:
        """Keys belong to the installation, whatever place they are for."""
        return Facts(INSTALLATION, object_id=self.pk)
