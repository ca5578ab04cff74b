"""A report under way (上报草稿): what was typed on one page waits here for the next, for two hours."""

from typing import ClassVar

from django.db import models

from shequtong.core.fields import CodeField


class Draft(models.Model):
    """Held under a hash of its name and of a secret that only the browser keeps: without the browser's cookie nobody finds or opens it."""

    locality_kind: ClassVar[str] = "coordinator"

    mark = CodeField(max_length=64, primary_key=True)
    sealed = models.TextField()
    kept_until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kept_until"], name="cases_draft_kept")]
