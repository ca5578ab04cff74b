"""Phrases (常用语): words an office writes often, offered where a text is asked for."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local

USES = ("answer", "handle", "send_back", "not_accept")  # the moves that offer phrases


class Phrase(Local):
    """`use` is the move it serves (answer, send_back, not_accept …); `class_code` "" serves every class."""

    use = CodeField(max_length=20)
    class_code = CodeField(max_length=20, blank=True)
    title = models.CharField(max_length=40)
    text = models.TextField()
    rank = models.PositiveSmallIntegerField(default=0)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["subdistrict", "use", "rank", "id"], name="cases_phrase_use")]
