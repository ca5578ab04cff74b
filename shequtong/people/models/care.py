"""Special-care groups (特殊人群, registries 2.10): a store of its own. What is said of somebody's condition, its kind too, is ciphertext at rest.

Nothing outside `care*` of this area reads these tables (`tests/test_care_apart.py`): no list, search, mark, board, map, task or export knows of them.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.core.sealed import SealedTextField
from shequtong.people.models.person import Person
from shequtong.people.models.provenance import Provenance


def _no_station(_subdistrict: int, _station: int) -> Q:
    return Q(pk__in=[])


REACH = ReachColumns(path="person__grid_path", party=_no_station)


class CareRecordQuerySet(LocalQuerySet["CareRecord"]):
    """Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Of persons within the reach of the post in use. The one gate for reads."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(ended_on__isnull=True)


class CareRecord(Local, Provenance):
    """`content`: sealed JSON of kind and facts (`people/care_facts.py`), as of today; `CarePast` keeps what it was."""

    person = LocalForeignKey(Person, models.PROTECT, related_name="+")
    content = SealedTextField(mask="text")
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    objects = CareRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "person"], name="people_care_person")]

    def reach_facts(self) -> Facts:
        """It lies where its person lives, who must be loaded."""
        return Facts(self.subdistrict_id, self.person.grid_path, object_id=self.pk)


class CarePast(Local):
    """What a record said until `replaced_at`, sealed as it was; the reason it ended for, too."""

    record = LocalForeignKey(CareRecord, models.PROTECT, related_name="+")
    content = SealedTextField(mask="text")
    replaced_at = models.DateTimeField()
    replaced_by = models.CharField(max_length=80, blank=True, default="")
    account_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "record", "replaced_at"], name="people_care_past")]


class CareVisit(Local):
    """A visit to somebody in the store. `content`: sealed JSON of role, day and what was found."""

    record = LocalForeignKey(CareRecord, models.PROTECT, related_name="+")
    content = SealedTextField(mask="text")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80, blank=True, default="")
    account_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "record", "recorded_at"], name="people_care_visit")]


class CareOpening(Local):
    """Somebody opened the store, saying why; it closes by itself at `until`."""

    opened_by_id = models.BigIntegerField()  # the account, which is the installation's
    appointment_id = models.BigIntegerField(null=True)  # the post it was opened in; another post opens anew
    reason = SealedTextField(mask="text")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "opened_by_id", "until"], name="people_care_opening")]
