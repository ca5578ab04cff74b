"""What a case is about (案件类别): a code, never inferred from order (standards.md 1.6)."""

from django.db import models

from shequtong.core.fields import CodeField
from shequtong.core.locality import Shared


class CaseClass(Shared):
    """Offered to residents when `for_residents`; `example` is a line that helps to choose it."""

    class Kind(models.TextChoices):
        COMPONENT = "component"  # 部件
        EVENT = "event"  # 事件
        MATTER = "matter"  # 诉求

    code = CodeField(max_length=20, unique=True)
    tree = CodeField(max_length=20)  # city_management, livelihood, safety, market, property …
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    example = models.CharField(max_length=80, blank=True)
    example_en = models.CharField(max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    for_residents = models.BooleanField(default=True)
    kind = CodeField(max_length=10, choices=Kind, default=Kind.MATTER)
    group_code = CodeField(max_length=10, blank=True)  # 大类
    group_name = models.CharField(max_length=40, blank=True)
    group_name_en = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
