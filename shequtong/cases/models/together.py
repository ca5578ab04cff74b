"""Working together on one case (协同): internal notes with mentions, followers, and who has it open."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class Note(Local):
    """An internal note (内部备注): staff's own words, never shown to residents, never changed."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="notes")
    text = models.TextField()
    mentions = models.JSONField(default=list)  # account ids
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    post = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "case", "id"], name="cases_note_case")]


class Follow(Local):
    """A member of staff who is told of each move of a case (关注)."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="follows")
    account_id = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case", "account_id"], name="cases_follow_once")]
        indexes = [models.Index(fields=["subdistrict", "account_id", "id"], name="cases_follow_account")]


class Presence(Local):
    """Somebody has the page of a case open (在线): one row per case and account, renewed while the page is shown, cleared by a job."""

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="presences")
    account_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    doing = CodeField(max_length=20, blank=True)  # the move whose form is open
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subdistrict", "case", "account_id"], name="cases_presence_once")]
        indexes = [models.Index(fields=["subdistrict", "seen_at"], name="cases_presence_seen")]
