"""The three kinds of model. A system check (`checks.py`) refuses a model that is none of them."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.base import ModelBase

from shequtong.core.locality.fields import BlockIdField, LocalForeignKey, LocalIdField
from shequtong.core.locality.ids import SHIFT

M = TypeVar("M", bound=models.Model, covariant=True)


class LocalQuerySet(models.QuerySet[M]):
    """Base of every local model's queryset."""

    def within(self, *places: int) -> Self:
        """Only rows of these subdistricts (storage numbers): every list of local rows starts with this."""
        return self.filter(subdistrict=places[0]) if len(places) == 1 else self.filter(subdistrict__in=places)


def home_checks(model: type[models.Model]) -> list[models.CheckConstraint]:
    """The CHECKs of a local model: its id and each of its local foreign keys carry its own subdistrict."""
    table = model._meta.db_table
    home = Q(subdistrict=F("id").bitrightshift(SHIFT)) & Q(id__gt=0)
    checks = [models.CheckConstraint(name=f"{table}_home", condition=home)]
    for field in model._meta.local_fields:
        if isinstance(field, LocalForeignKey):
            same_place = Q(subdistrict=F(field.name).bitrightshift(SHIFT))
            condition = same_place | Q(**{f"{field.name}__isnull": True}) if field.null else same_place
            checks.append(models.CheckConstraint(name=f"{table}_{field.name}_home", condition=condition))
    return checks


class LocalBase(ModelBase):
    """Gives each concrete local model the CHECKs that keep id, subdistrict and local foreign keys in one place, on every engine."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        model: Any = super().__new__(cls, name, bases, attrs, **kwargs)
        meta = model._meta
        if meta.abstract or meta.proxy:
            return model
        meta.constraints = [*meta.constraints, *home_checks(model)]
        # The migration autodetector reads constraints only where Meta named some.
        meta.original_attrs["constraints"] = meta.constraints
        return model


class Local(models.Model, metaclass=LocalBase):
    """A row that lives in one subdistrict for ever: people, cases, files, audit."""

    locality_kind: ClassVar[str] = "local"

    id = LocalIdField(primary_key=True, editable=False)
    subdistrict = models.ForeignKey("core.Subdistrict", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class Shared(models.Model):
    """A small table, the same for all: units, codes, standards, stations, appointments (a reference table on Citus)."""

    locality_kind: ClassVar[str] = "shared"

    id = BlockIdField(primary_key=True, editable=False)

    class Meta:
        abstract = True


class Coordinator(models.Model):
    """A table that stays on the coordinator: accounts, codes, sessions. Never joined with local rows."""

    locality_kind: ClassVar[str] = "coordinator"

    id = BlockIdField(primary_key=True, editable=False)

    class Meta:
        abstract = True
