"""Revisions of shared data, so that each process knows when what it holds in memory is old."""

from typing import ClassVar

from django.db import models

from shequtong.core.fields import CodeField


class Revision(models.Model):
    """`number` grows with each change of the shared tables that `name` stands for."""

    locality_kind: ClassVar[str] = "shared"

    name = CodeField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)
