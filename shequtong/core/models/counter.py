"""Counter rows behind the number blocks, written by `core.locality.blocks`; and counts against limits, written by `core.tally`."""

from typing import ClassVar

from django.db import models

from shequtong.core.fields import CodeField


class Counter(models.Model):
    """`next` is the first number of the series that no block holds."""

    locality_kind: ClassVar[str] = "coordinator"

    name = CodeField(max_length=60, primary_key=True)
    next = models.BigIntegerField()
