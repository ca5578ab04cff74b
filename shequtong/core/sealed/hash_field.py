"""The companion of a sealed column that look-ups use (查找用哈希字段); it fills itself from the plain text when that is assigned."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

from shequtong.core.fields import CodeField
from shequtong.core.sealed import hashing
from shequtong.core.sealed.fields import SealedTextField
from shequtong.core.sealed.value import Sealed

_ST = TypeVar("_ST", contravariant=True)
_GT = TypeVar("_GT", covariant=True)
if TYPE_CHECKING:
    _Base = models.CharField
else:

    class _Base(CodeField):
        """Django's fields take their two types at checking only."""

        def __class_getitem__(cls, types: Any) -> Any:
            return cls


# "k" + serial + "-" + 6 hex + "." + 64 hex, with room.
HASH_LENGTH = 84


class KeyedHashAttribute(DeferredAttribute):
    """Gives the hash of a text that was assigned, else what the row holds."""

    field: "KeyedHashField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        source = instance.__dict__.get(self.field.of)
        if isinstance(source, Sealed):
            if source.assigned or not source:
                return self.field.of_plain(source)
        elif self.field.of in instance.__dict__ and not hasattr(source, "resolve_expression"):
            return self.field.empty
        return super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class KeyedHashField(_Base[_ST, _GT]):
    """Keyed hash of the sealed column `of`. Columns of one `domain` (default "app.model.field") can be matched with each other;
    `normalise` brings a text into the one form that is hashed, and refuses what has none (known for domain "phone"). "" and NULL hash to "" (NULL if `null=True`,
    so that a unique constraint lets many be empty).
    """

    descriptor_class = KeyedHashAttribute

    def __init__(self, *args: Any, of: str, domain: str = "", normalise: hashing.Normalise | None = None, **kwargs: Any) -> None:
        self.of, self._domain, self.normalise = of, domain, normalise
        kwargs["max_length"], kwargs["editable"] = HASH_LENGTH, False
        kwargs.setdefault("blank", True)
        if not kwargs.get("null"):
            kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"], kwargs["editable"]
        kwargs["of"] = self.of
        if self._domain:
            kwargs["domain"] = self._domain
        if self.normalise is not None:
            kwargs["normalise"] = self.normalise
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            self.domain = self._domain or f"{cls._meta.label_lower}.{self.of}"
            if cls.__module__ != "__fake__":  # a model of a past migration has no say in how hashes are made today
                hashing.register(self.domain, self.normalise)
            pre_save.connect(self._refuse_stale, sender=cls, dispatch_uid=f"keyed_hash.{name}")

    @property
    def empty(self) -> str | None:
        return None if self.null else ""

    def of_plain(self, source: Sealed) -> str | None:
        """The hash of what `source` holds under the current key."""
        return self.hash_now(source.reveal()) if source else self.empty

    def hash_now(self, plain: str) -> str:
        """The hash of `plain` under the current key."""
        return hashing.hash_of(self.domain, plain)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        setattr(model_instance, self.attname, value)
        return value

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        sources = [field for field in self.model._meta.local_fields if field.name == self.of]
        if not sources or not isinstance(sources[0], SealedTextField):
            found.append(checks.Error(f"`of={self.of!r}` names no sealed column of this model", obj=self, id="sealed.E001"))
        return found

    def _refuse_stale(self, sender: type[models.Model], update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
        if update_fields and self.of in update_fields and self.name not in update_fields:
            raise ValueError(
                f"{sender.__name__}: who saves {self.of!r} saves {self.name!r} with it, or the row is not found any more"
            )
