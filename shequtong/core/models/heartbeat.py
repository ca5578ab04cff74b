"""Signs of life (心跳): when each kind of worker was last at its loop, and what it counted."""

from typing import ClassVar

from django.db import models

from shequtong.core.fields import CodeField


class Heartbeat(models.Model):
    """One row a kind of worker, however many of it there are: the latest of them writes it."""

    locality_kind: ClassVar[str] = "coordinator"

    name = CodeField(max_length=40, primary_key=True)  # "work", "long"; "queues" for what the worker counts
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)  # numbers only
