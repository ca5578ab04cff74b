"""A question to the reporter (问询反映人): asked with a time to answer, answered by a link without signing in."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Question(Local):
    """The clock stands still until the answer or `until`, whichever comes first. Of the link only a hash is kept."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="questions")
    text = models.TextField()
    token_hash = CodeField(max_length=64)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # answered, run out, or taken back

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "token_hash"], name="cases_question_token"),
            models.UniqueConstraint(
                fields=["subdistrict", "case"], name="cases_question_open_once", condition=models.Q(ended_at__isnull=True)
            ),
        ]
