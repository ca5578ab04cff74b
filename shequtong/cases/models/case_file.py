"""A photo or file of a case, with its kind: before, after, or other (standards.md 1.4: every photo has a kind)."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey


class CaseFile(Local):
    """Belongs to the step it came with."""

    class Kind(models.TextChoices):
        BEFORE = "before"
        AFTER = "after"

    case = LocalForeignKey("cases.Case", models.PROTECT, related_name="files")
    step = LocalForeignKey("cases.Step", models.PROTECT, related_name="files")
    blob = LocalForeignKey("files.Blob", models.PROTECT, related_name="+")
    kind = CodeField(max_length=10, choices=Kind)
