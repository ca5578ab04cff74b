"""The sealed column (封存字段): personal data that is ciphertext in the database and a mask everywhere else.

    phone = SealedTextField(mask="phone")
    phone_hash = KeyedHashField(of="phone", domain="phone", normalise=normalise_phone)

Assign plain text; read a `Sealed`. Values are bound to their row, so the id must exist before the INSERT (core.locality sees to it)
and `queryset.update(phone="…")` is refused: change rows one by one, or with bulk_update.
"""

from typing import TYPE_CHECKING, Any, TypeVar

from django.core.checks import CheckMessage
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

from shequtong.core.refusals import Refusal
from shequtong.core.sealed import checks
from shequtong.core.sealed.ciphers import SealError
from shequtong.core.sealed.masks import MASKS, looks_masked
from shequtong.core.sealed.value import Column, Sealed

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)
if TYPE_CHECKING:
    _Base = models.Field
else:

    class _Base(models.TextField):
        """Django's fields take their two types at checking only."""

        def __class_getitem__(cls, types: Any) -> Any:
            return cls


class MaskedValue(Refusal, ValueError):
    """A masked text (138****5678) was about to be stored in place of what it masks."""


class SealedAttribute(DeferredAttribute):
    """Wraps what is assigned, and tells what was loaded which row it belongs to."""

    field: "SealedTextField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed) and value.row is None and instance.pk is not None:
            value = instance.__dict__[self.field.attname] = value.bound_to(self.field.row_of(instance))
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.wrap(value, instance)


class SealedTextField(_Base[_ST, _GT]):
    """Text that is sealed in the database. `mask`: phone, name, id_number, address or text. `sealed_as`: keeps old values
    readable after a rename of model or field ("app.model.field" of the time they were sealed). NULL and "" stay what they are.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: str | Sealed
        _pyi_private_get_type: Sealed
        _pyi_lookup_exact_type: Any

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, mask: str = "text", sealed_as: str = "", **kwargs: Any) -> None:
        if mask not in MASKS:
            raise ValueError(f"mask must be one of {', '.join(MASKS)}")
        self.mask, self.sealed_as = mask, sealed_as
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["mask"] = self.mask
        if self.sealed_as:
            kwargs["sealed_as"] = self.sealed_as
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.sealed_column = Column(self.sealed_as or f"{cls._meta.label_lower}.{name}", self.mask)

    def wrap(self, value: Any, instance: models.Model) -> Any:
        """What the attribute holds for `value`. Raises MaskedValue for a mask, TypeError for what is neither text nor sealed."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Sealed):
            return self._wrap_sealed(value, instance)
        if not isinstance(value, str):
            raise TypeError(f"{self.sealed_column.name} takes text, not {type(value).__name__}")
        if looks_masked(value, self.mask):
            raise MaskedValue(gettext("Enter the whole text: what is hidden behind * cannot be saved."))
        return Sealed(self.sealed_column, plain=value)

    def _wrap_sealed(self, value: Sealed, instance: models.Model) -> Sealed:
        row = self.row_of(instance) if instance.pk is not None else None
        if value.row is None and value.token:
            if not instance._state.adding:
                raise SealError(
                    f"{self.sealed_column.name}: a value from values() carries no row and cannot be assigned; assign its text"
                )
            return value.bound_to(row) if row else value  # as it is loaded, while its id can be trusted
        if value.column.name == self.sealed_column.name and value.row == row:
            return value
        return Sealed(self.sealed_column, row=row, plain=value.reveal())

    def row_of(self, instance: models.Model) -> str:
        """The id a value of `instance` is bound to. Raises SealError when there is none before the INSERT."""
        key = instance._meta.pk
        if instance.pk is None or key is None:
            raise SealError(f"{self.sealed_column.name}: the row needs its id before it is written (core.locality makes it)")
        return str(key.to_python(instance.pk))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(self.sealed_column, token=value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if not isinstance(value, Sealed):
            return value
        stored = value.sealed_for(self.sealed_column, self.row_of(model_instance))
        if model_instance._state.adding and stored is value:
            stored.reveal()  # it came from outside (values(), a cleared pk): written only if it opens here
        model_instance.__dict__[self.attname] = stored
        return stored

    def to_python(self, value: Any) -> Any:
        return value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            if value and value.token is None:
                raise SealError(
                    f"{self.sealed_column.name}: a value that is not saved yet cannot be looked for; use its keyed hash"
                )
            return value.token or ""
        if value is None or value == "" or hasattr(value, "resolve_expression"):
            return value
        raise SealError(
            f"{self.sealed_column.name} is sealed: look for its keyed hash, and change it through the object, not by text in a query"
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        # bulk_update comes past pre_save with what the attribute gave.
        if isinstance(value, Sealed) and value.token is None and value and value.row is not None:
            value = value.sealed_for(self.sealed_column, value.row)
        if hasattr(value, "as_sql"):
            return value
        return self.get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        # Others (contains, startswith, in …) would compare with ciphertext and quietly find nothing.
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None

    def get_transform(self, lookup_name: str) -> Any:
        return None

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        # A form that shows the mask sends it back when nobody touched it: then nothing has changed.
        if not (isinstance(data, str) and data and data == str(getattr(instance, self.attname))):
            super().save_form_data(instance, data)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")  # a dump shows masks; a backup is made of the database file

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [*super().check(**kwargs), *checks.sealed_field(self, kwargs.get("databases") or ())]
