"""What residents ask about what is held of them (个人信息权利), and what they agreed to (同意): dated rows, never overwritten."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet
from shequtong.core.sealed import SealedTextField
from shequtong.people.models.person import REACH, Person

_LIES = ReachColumns(path="person__grid_path", party=REACH.party)


class RightsQuerySet(LocalQuerySet["RightsRequest"]):
    """Start with `within(subdistrict, …)`."""

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Requests of persons who live within the actor's reach now, wherever they asked: who moved is answered where they live."""
        return self.filter(actor.reach(permission).of_post.condition(_LIES))

    def waiting(self) -> Self:
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)


class RightsRequest(Local):
    """One request, with the moment by which it must be answered. `fact` is set.fact or a fact of the person, `group` a group of `bases.py`.

    `proposed` is the JSON of what the fact should be; `words` why, as the resident says it. It lies where its person does.
    """

    class Kind(models.TextChoices):
        CORRECT = "correct", pgettext_lazy("rights", "Correct")
        SEE = "see", pgettext_lazy("rights", "See")
        COPY = "copy", pgettext_lazy("rights", "Copy")
        DELETE = "delete", pgettext_lazy("rights", "Delete")

    class Channel(models.TextChoices):
        ONLINE = "online", pgettext_lazy("rights", "By the resident, online")
        WINDOW = "window", pgettext_lazy("rights", "At the window")

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("rights", "Done")
        REFUSED = "refused", pgettext_lazy("rights", "Refused")
        HANDED = "handed", pgettext_lazy("rights", "Handed to the street that keeps the record")

    person = LocalForeignKey(Person, models.PROTECT, related_name="+")
    kind = CodeField(max_length=8, choices=Kind)
    channel = CodeField(max_length=8, choices=Channel)
    fact = CodeField(max_length=50, blank=True, default="")
    group = CodeField(max_length=20, blank=True, default="")
    proposed = SealedTextField(mask="text", blank=True, default="")
    words = SealedTextField(mask="text", blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80, blank=True, default="")  # who took it down at the window
    amber_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = CodeField(max_length=8, choices=Outcome, blank=True, default="")
    answer = SealedTextField(mask="text", blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True, default="")
    answered_post = models.CharField(max_length=120, blank=True, default="")
    objects = RightsQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subdistrict", "person", "asked_at"], name="people_rights_person"),
            models.Index(fields=["subdistrict", "due_at", "id"], name="people_rights_due", condition=Q(answered_at__isnull=True)),
            models.Index(fields=["subdistrict", "answered_at", "id"], name="people_rights_over"),
        ]

    def reach_facts(self) -> Facts:
        """Where the person lives, who must be loaded."""
        return Facts(self.subdistrict_id, self.person.grid_path, object_id=self.pk)

    def light(self, now: datetime) -> str:
        """green, amber or red while it waits; "" once it is answered."""
        if self.answered_at is not None:
            return ""
        return "red" if now > self.due_at else "amber" if now > self.amber_at else "green"


class Consent(Local):
    """Somebody agreed that a group of facts is held (`bases.py`), until they took it back. `how` says by what it can be shown."""

    class How(models.TextChoices):
        ONLINE = "online", pgettext_lazy("consent", "Given online by the resident")
        PAPER = "paper", pgettext_lazy("consent", "Signed on paper")
        SPOKEN = "spoken", pgettext_lazy("consent", "Said to staff")

    person = LocalForeignKey(Person, models.PROTECT, related_name="+")
    group = CodeField(max_length=20)
    how = CodeField(max_length=8, choices=How)
    given_at = models.DateTimeField()
    given_to = models.CharField(max_length=80, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subdistrict", "person", "group"], name="people_consent_one", condition=Q(withdrawn_at__isnull=True)
            )
        ]
        indexes = [models.Index(fields=["subdistrict", "person"], name="people_consent_person")]
