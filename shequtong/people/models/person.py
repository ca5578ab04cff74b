"""A person (人): who lives, is registered or owns a home in the subdistrict. The base of all that is recorded of them (GB/T 31000 实有人口)."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Actor, Facts, ReachColumns, subtree
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.core.sealed import KeyedHashField, SealedTextField
from shequtong.people.identity import ID_DOMAIN, PHONE_DOMAIN, normalise_id
from shequtong.people.models.provenance import Provenance


def _no_station(_subdistrict: int, _station: int) -> Q:
    """A station's part in a case opens the case, not the registry."""
    return Q(pk__in=[])


REACH = ReachColumns(path="grid_path", party=_no_station)


class PersonQuerySet(LocalQuerySet["Person"]):
    """Persons of a place. Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Persons whose home (or, without one, whose unit) lies within the actor's reach. The one gate for reads."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def standing(self) -> Self:
        """Neither gone nor dead nor entered by mistake."""
        return self.filter(ended_on__isnull=True)

    def numbered(self, hashes: Iterable[str]) -> Self:
        """Whose document hashes to one of these. That none is empty is said, too: SQLite takes the index of those who have one for no less."""
        return self.filter(id_hash__in=list(hashes)).exclude(id_hash="")

    def under(self, path: str) -> Self:
        """Of the unit with this path or below it."""
        start, end = subtree(path)
        return self.filter(grid_path__gte=start, grid_path__lt=end)


class Person(Local, Provenance):
    """`grid_path` is the unit of the home, or the community that keeps the person where there is none; `door` sorts as one walks.

    The row is as of today; `PersonPast` holds what it replaced. The name has no clear sort key, which would give it away: lists go by doors.
    """

    class Ended(models.TextChoices):
        MOVED = "moved", pgettext_lazy("ended", "Moved away")
        HANDED_OVER = "handed_over", pgettext_lazy("ended", "Moved to another subdistrict")  # where a new row stands
        DIED = "died", pgettext_lazy("ended", "Died")
        MERGED = "merged", pgettext_lazy("ended", "The same person stood here twice")
        MISTAKE = "mistake", pgettext_lazy("ended", "Entered by mistake")

    grid_path = CodeField(max_length=120)
    door = CodeField(max_length=40, blank=True, default="")
    room = LocalForeignKey("territory.Room", models.PROTECT, null=True, related_name="+")
    building = LocalForeignKey("territory.Building", models.PROTECT, null=True, related_name="+")

    name = SealedTextField(mask="name", blank=True, default="")
    former_name = SealedTextField(mask="name", blank=True, default="")
    reading = SealedTextField(mask="text", blank=True, default="")  # pinyin where the usual one is wrong: 单 "shan"
    sex = CodeField(max_length=1, blank=True, default="0")  # GB/T 2261.1
    born_on = models.DateField(null=True)
    id_kind = CodeField(max_length=3, blank=True, default="")  # GA/T 517
    id_number = SealedTextField(mask="id_number", blank=True, default="")
    id_hash = KeyedHashField(of="id_number", domain=ID_DOMAIN, normalise=normalise_id)
    id_until = models.DateField(null=True)
    nationality = CodeField(max_length=3, blank=True, default="")  # GB/T 2659, "" is not told
    ethnicity = CodeField(max_length=2, blank=True, default="")  # GB/T 3304
    native_place = models.CharField(max_length=60, blank=True, default="")
    marital = CodeField(max_length=2, blank=True, default="")  # GB/T 2261.2
    political = CodeField(max_length=2, blank=True, default="")  # GB/T 4762
    schooling = CodeField(max_length=2, blank=True, default="")  # GB/T 4658
    military = CodeField(max_length=2, blank=True, default="")
    occupation = models.CharField(max_length=60, blank=True, default="")
    workplace = SealedTextField(mask="address", blank=True, default="")
    phone = SealedTextField(mask="phone", blank=True, default="")
    phone_hash = KeyedHashField(of="phone", domain=PHONE_DOMAIN)
    other_phone = SealedTextField(mask="phone", blank=True, default="")
    email = SealedTextField(mask="text", blank=True, default="")
    insured = CodeField(max_length=2, blank=True, default="")
    population = CodeField(max_length=2, blank=True, default="")  # 01 户籍 02 流动 03 境外
    register_state = CodeField(max_length=2, blank=True, default="")  # 人户一致 and the six others
    register_kind = CodeField(max_length=2, blank=True, default="")  # 本市城镇 …
    register_number = SealedTextField(mask="text", blank=True, default="")  # 户号
    register_address = SealedTextField(mask="address", blank=True, default="")
    emergency_name = SealedTextField(mask="name", blank=True, default="")
    emergency_phone = SealedTextField(mask="phone", blank=True, default="")
    guardian = SealedTextField(mask="name", blank=True, default="")
    skills = models.CharField(max_length=120, blank=True, default="")
    remarks = SealedTextField(mask="text", blank=True, default="")

    origins = models.JSONField(default=dict)  # of each fact that came otherwise than the row: fact -> [source, day confirmed]
    confirmed_on = models.DateField(null=True)  # when somebody last saw that all this is so
    ended_on = models.DateField(null=True)
    ended_for = CodeField(max_length=12, choices=Ended, blank=True, default="")
    emptied_at = models.DateTimeField(null=True)  # when the rule of retention emptied it: a shell without personal data is left
    moved_from = models.BigIntegerField(null=True)  # the row in the street they came from; no key reaches over
    moved_to = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)  # what a form was filled in from: two at once are told, not overwritten
    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "id_hash"],
                name="people_person_id",
                condition=~Q(id_hash="") & Q(ended_on__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["subdistrict", "grid_path", "door", "id"], name="people_person_door", condition=Q(ended_on__isnull=True)
            ),
            models.Index(fields=["subdistrict", "building", "door"], name="people_person_building"),
            models.Index(
                fields=["subdistrict", "ended_on", "id"],
                name="people_person_keep",
                condition=Q(ended_on__isnull=False, emptied_at__isnull=True),
            ),
            models.Index(fields=["subdistrict", "phone_hash"], name="people_person_phone", condition=~Q(phone_hash="")),
            # Handed over from another street, and seen by nobody here yet.
            models.Index(
                fields=["subdistrict", "grid_path", "id"],
                name="people_person_arrived",
                condition=Q(moved_from__isnull=False, confirmed_on__isnull=True, ended_on__isnull=True),
            ),
        ]

    def reach_facts(self) -> Facts:
        """They lie where they live."""
        return Facts(self.subdistrict_id, self.grid_path, object_id=self.pk)


class PersonPast(Local):
    """What a person's row was from `valid_from` to before `valid_to`. `state` is the sealed JSON of the facts that differ from what
    followed (fact -> its text then), so that a past day is the row of today with these put back, the latest first."""

    person = LocalForeignKey(Person, models.PROTECT, related_name="past")
    valid_from = models.DateField(null=True)  # NULL: since before we knew
    valid_to = models.DateField()
    recorded_at = models.DateTimeField()  # when that state was entered
    replaced_at = models.DateTimeField()
    mistaken = models.BooleanField(default=False)  # it never was so: put right, not changed
    source = CodeField(max_length=10)
    recorded_by = models.CharField(max_length=80, blank=True)
    account_id = models.BigIntegerField(null=True)
    state = SealedTextField(mask="text")

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "person", "replaced_at"], name="people_past_person")]
