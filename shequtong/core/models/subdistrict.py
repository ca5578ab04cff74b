"""The storage number of a place (存储编号): permanent, never an official code. Districts and the installation have one too."""

from typing import ClassVar

from django.db import models

from shequtong.core.fields import CodeField


class Subdistrict(models.Model):
    """One place rows can live in. Merged or renamed streets keep their numbers; `letters` stand in case numbers."""

    locality_kind: ClassVar[str] = "shared"

    class Kind(models.TextChoices):
        INSTALLATION = "installation"
        DISTRICT = "district"
        SUBDISTRICT = "subdistrict"

    id = models.IntegerField(primary_key=True)
    kind = CodeField(max_length=12, choices=Kind)
    letters = CodeField(max_length=4, unique=True)
    name = models.CharField(max_length=50)
    zone = CodeField(max_length=40, default="Asia/Shanghai")

    class Meta:
        constraints = [models.CheckConstraint(name="core_subdistrict_17_bits", condition=models.Q(id__gte=0, id__lt=1 << 17))]
