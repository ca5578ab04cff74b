"""Throw-away models with sealed columns, in a registry of their own: no other test sees them."""

from itertools import count
from typing import Any, ClassVar

from django.apps.registry import Apps
from django.db import models

from shequtong.core.phones import normalise_phone
from shequtong.core.sealed import KeyedHashField, SealedTextField

registry = Apps()
_ids = count(7_000_000_001)


class ProbeId(models.BigIntegerField):  # type: ignore[type-arg]  # django-stubs' field types are given at use only
    """An id made before the INSERT, as core.locality does."""

    def get_pk_value_on_save(self, instance: Any) -> int:
        return next(_ids)


class Desk(models.Model):
    """What a neighbour refers to, for select_related."""

    id = ProbeId(primary_key=True)
    name = SealedTextField(mask="name")

    objects: ClassVar[models.Manager["Desk"]] = models.Manager()

    class Meta:
        apps = registry
        app_label = "sealed_probe"


class Neighbour(models.Model):
    """One sealed column of each kind."""

    id = ProbeId(primary_key=True)
    desk = models.ForeignKey(Desk, models.PROTECT, null=True)
    name = SealedTextField(mask="name")
    phone = SealedTextField(mask="phone", blank=True)
    phone_hash = KeyedHashField(of="phone", domain="phone", normalise=normalise_phone)
    id_number = SealedTextField(mask="id_number", null=True)
    id_number_hash = KeyedHashField(of="id_number", null=True, unique=True)
    note = models.CharField(max_length=40, blank=True, default="")

    objects: ClassVar[models.Manager["Neighbour"]] = models.Manager()

    class Meta:
        apps = registry
        app_label = "sealed_probe"


PROBES: tuple[type[models.Model], ...] = (Desk, Neighbour)
