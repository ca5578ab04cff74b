"""The written answer (答复) a resident's case needs before it is closed."""

from typing import Self

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet


class AnswerQuerySet(LocalQuerySet["Answer"]):
    """Answers."""

    def public(self) -> Self:
        """What anybody may read."""
        return self.filter(published=True, state=Answer.State.SENT)


class Answer(Local):
    """Sent to the reporter; shown on the public page when `published`. A later answer does not erase an earlier one."""

    class State(models.TextChoices):
        DRAFT = "draft"  # waits for approval by a second person
        RETURNED = "returned"
        SENT = "sent"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="answers")
    state = CodeField(max_length=10, choices=State, default=State.SENT)
    text = models.TextField()
    published = models.BooleanField(default=False)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_account_id = models.BigIntegerField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    approval_words = models.TextField(blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["subdistrict", "-at", "-id"],
                name="cases_answer_public",
                condition=models.Q(published=True, state="sent"),
            ),
        ]
