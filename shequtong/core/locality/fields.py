"""Fields that know where a row lives: ids made before the INSERT, foreign keys inside one subdistrict, look-ups that route."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.expressions import Col
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import Exact, In

from shequtong.core.locality.ids import HIGHEST_ID, INSTALLATION, new_id, part_of


class BlockIdField(models.BigIntegerField):  # type: ignore[type-arg]  # django-stubs' field types are given at use only
    """Primary key of shared and coordinator-only models: a number from the blocks, known before the row is written."""

    def get_pk_value_on_save(self, instance: Any) -> int:
        return new_id(INSTALLATION)

    def has_default(self) -> bool:
        # Django then INSERTs a new object at once, without an UPDATE that finds nothing.
        return True

    def get_default(self) -> None:
        return None


class LocalIdField(BlockIdField):
    """Primary key of a local model: `subdistrict_id << 46 | number`."""

    def get_pk_value_on_save(self, instance: Any) -> int:
        if instance.subdistrict_id is None:
            raise ValueError(f"{type(instance).__name__} needs its subdistrict before it is saved")
        return new_id(instance.subdistrict_id)


class _LocalForward(ForwardManyToOneDescriptor):  # type: ignore[type-arg]  # as above
    """Prefetches the rows pointed to from the subdistricts of those that point: Django asks by their ids alone, past our look-ups."""

    def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> Any:
        found, *rest = super().get_prefetch_querysets(instances, querysets)
        return (found.filter(subdistrict__in=sorted({instance.subdistrict_id for instance in instances})), *rest)


class LocalForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # as above
    """Foreign key from a local row to a local row of the same subdistrict; joins carry the subdistrict."""

    forward_related_accessor_class = _LocalForward

    def get_joining_fields(self, reverse_join: bool = False) -> Any:
        ours = self.model._meta.get_field("subdistrict")
        theirs = self.remote_field.model._meta.get_field("subdistrict")
        pair = (theirs, ours) if reverse_join else (ours, theirs)
        return (*super().get_joining_fields(reverse_join), pair)


class _Routed:
    """Adds the subdistrict that an id carries to the comparison of that id, so that one shard is asked."""

    lhs: Any
    rhs: Any

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        places = self._places()
        sql, params = super().as_sql(compiler, connection)  # type: ignore[misc]  # mixed into Django's look-ups
        if not isinstance(self.lhs, Col):
            return sql, params
        here_sql, here_params = _home(compiler, self.lhs)
        if isinstance(self.rhs, Col):
            if not isinstance(self.rhs.target, LocalIdField | LocalForeignKey):
                return sql, params
            there_sql, there_params = _home(compiler, self.rhs)
            return f"({sql} AND {here_sql} = {there_sql})", (*params, *here_params, *there_params)
        if not places:
            return sql, params
        marks = "= %s" if len(places) == 1 else f"IN ({', '.join(['%s'] * len(places))})"
        return f"({sql} AND {here_sql} {marks})", (*params, *here_params, *places)

    def _places(self) -> list[int]:
        """The subdistricts of the compared ids; empty for subqueries and expressions, which route themselves or stand on a list.

        An id that no row can have (a hostile address) matches nothing; the engines would answer with an error.
        """
        many = isinstance(self.rhs, list | tuple | set | frozenset)
        values = list(self.rhs) if many else [self.rhs]
        if not all(isinstance(value, int | None) for value in values):
            return []
        possible = [value for value in values if value is not None and 0 <= value <= HIGHEST_ID]
        if values and not possible and values != [None]:
            raise EmptyResultSet
        if many:
            self.rhs = possible
        return sorted({part_of(value) for value in possible})


def _home(compiler: Any, column: Col) -> tuple[str, Any]:
    home: Any = column.target.model._meta.get_field("subdistrict")
    found: tuple[str, Any] = compiler.compile(home.get_col(column.alias))
    return found


@LocalIdField.register_lookup
class LocalIdExact(_Routed, Exact):
    """id = x AND subdistrict = the one in x."""


@LocalIdField.register_lookup
class LocalIdIn(_Routed, In):
    """id IN (…) AND subdistrict IN the ones in them."""


@LocalForeignKey.register_lookup
class LocalRelatedExact(_Routed, RelatedExact):
    """fk = x AND subdistrict = the one in x."""


@LocalForeignKey.register_lookup
class LocalRelatedIn(_Routed, RelatedIn):
    """fk IN (…) AND subdistrict IN the ones in them."""
