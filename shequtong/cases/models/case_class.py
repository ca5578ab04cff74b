"""What a case is about (案件类别): a code, never inferred from order (standards.md 1.6)."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class CaseClass(Shared):
    """Offered to residents when `for_residents`; `example` is a line that helps to choose it."""

    code = CodeField(max_length=20, unique=True)
    tree = CodeField(max_length=20)  # city_management, livelihood, safety, market, property …
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    example = models.CharField(max_length=80, blank=True)
    example_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    for_residents = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)
