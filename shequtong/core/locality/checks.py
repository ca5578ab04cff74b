"""System check (自检): every model is exactly one of the three kinds and keeps the rules of its kind (docs/decisions/0002-locality.md).

What it refuses could be added to no later version without moving every row, so `manage.py` does not start on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import models

from shequtong.core.locality.bases import Coordinator, Local, Shared, home_checks
from shequtong.core.locality.fields import LocalForeignKey, LocalIdField

LOCAL, SHARED, COORDINATOR = "local", "shared", "coordinator"
_BASES: dict[str, type[models.Model]] = {LOCAL: Local, SHARED: Shared, COORDINATOR: Coordinator}
# Which kinds a foreign key may point to. Citus refuses shared → local; a join with a coordinator's table pulls it over each time.
_MAY_POINT_TO = {LOCAL: (LOCAL, SHARED), SHARED: (SHARED,), COORDINATOR: (SHARED, COORDINATOR)}
_LONGEST_NAME = 63  # PostgreSQL cuts longer names off

Model = type[models.Model]


def check_locality(app_configs: Sequence[Any] | None = None, **told: Any) -> list[CheckMessage]:
    """Registered in CoreConfig.ready: the rules over every installed model, third-party ones included."""
    chosen = None if app_configs is None else {config.label for config in app_configs}
    found = [model for model in apps.get_models(include_auto_created=True) if chosen is None or model._meta.app_label in chosen]
    stale = check_table(apps.get_models()) if chosen is None else []
    return [*check_models(found), *stale]


def check_models(found: Iterable[Model]) -> list[CheckMessage]:
    """What breaks a rule among these models; an empty list is a pass."""
    return [message for model in found if not model._meta.proxy for message in _check(model)]


def check_table(installed: Iterable[Model]) -> list[CheckMessage]:
    """Entries of THIRD_PARTY_COORDINATOR_ONLY that name no installed model: the table must stay true."""
    labels = {model._meta.label for model in installed}
    return [
        Error(f"{label} stands in THIRD_PARTY_COORDINATOR_ONLY but is not installed", id="locality.E003")
        for label in _third_party()
        if label not in labels
    ]


def kind_of(model: Model) -> str | None:
    """ "local", "shared" or "coordinator"; None for a model that is none of them. A hidden M2M table is what its owner is."""
    owner: Any = model._meta.auto_created
    if owner:
        return kind_of(owner)
    if model._meta.label in _third_party():
        return COORDINATOR
    kind = getattr(model, "locality_kind", None)
    return kind if kind in _BASES else None


def _third_party() -> Sequence[str]:
    return getattr(settings, "THIRD_PARTY_COORDINATOR_ONLY", ())


def _check(model: Model) -> Iterator[CheckMessage]:
    kind = kind_of(model)
    if kind is None:
        yield _error(
            model, "E001", "is neither Local, Shared nor Coordinator; a third-party model stands in THIRD_PARTY_COORDINATOR_ONLY"
        )
        return
    said = {name for name, base in _BASES.items() if issubclass(model, base)}
    if model._meta.label in _third_party():
        said.add(COORDINATOR)
    if said - {kind} or (kind == LOCAL and not said and not model._meta.auto_created):
        yield _error(
            model, "E002", f"says it is {kind}, but its bases or the settings say {', '.join(sorted(said)) or 'nothing'}"
        )
        return
    yield from _check_keys(model, kind)
    if kind == LOCAL:
        yield from _check_local(model)


def _check_keys(model: Model, kind: str) -> Iterator[CheckMessage]:
    """Foreign keys point only where their kind may; local ones to local rows carry the subdistrict."""
    for field in model._meta.local_fields:
        target = field.related_model
        if not field.is_relation or not isinstance(target, type) or not issubclass(target, models.Model):
            continue
        other = kind_of(target)
        if other not in _MAY_POINT_TO[kind]:
            yield _error(
                field, "E010", f"is {kind} and points to {target._meta.label}, which is {other}: keep a plain BigIntegerField"
            )
        elif kind == other == LOCAL and not isinstance(field, LocalForeignKey):
            yield _error(field, "E011", "from a local row to a local row must be a LocalForeignKey")
        elif isinstance(field, LocalForeignKey) and not kind == other == LOCAL:
            yield _error(field, "E012", "is a LocalForeignKey but does not lead from a local row to a local row")
        elif isinstance(field, LocalForeignKey) and field.target_field.name != "id":
            yield _error(field, "E013", "must point to the id, which carries the subdistrict")


def _check_local(model: Model) -> Iterator[CheckMessage]:
    meta = model._meta
    if meta.auto_created:
        yield _error(model, "E020", "is the hidden table of a ManyToManyField of a local model: write the through model as Local")
        return
    if any(not parent._meta.abstract for parent in meta.parents):
        yield _error(model, "E021", "inherits a concrete model: its key would be another table's")
        return
    if not isinstance(meta.pk, LocalIdField) or meta.pk.column != "id":
        yield _error(model, "E022", "needs the LocalIdField `id` as its key")
    home: Any = meta.get_field("subdistrict")
    if home.null or home.column != "subdistrict_id" or home.related_model._meta.label != "core.Subdistrict":
        yield _error(model, "E023", "needs `subdistrict`: a foreign key to core.Subdistrict, NOT NULL, column subdistrict_id")
    for field in meta.local_fields:
        if isinstance(field, models.AutoField | models.SmallAutoField | models.BigAutoField):
            yield _error(field, "E024", "counts by itself: an id from a block is made before the INSERT")
        if field.unique and not field.primary_key:
            yield _error(field, "E025", "is unique over the whole city: use a UniqueConstraint with subdistrict")
    yield from _check_uniqueness(model)
    yield from _check_home(model)


def _check_uniqueness(model: Model) -> Iterator[CheckMessage]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and "subdistrict" not in _columns(constraint):
            yield _error(model, "E026", f"unique constraint {constraint.name} does not include subdistrict")
    for together in model._meta.unique_together:
        if "subdistrict" not in together:
            yield _error(model, "E026", f"unique_together {tuple(together)} does not include subdistrict")


def _columns(constraint: models.UniqueConstraint) -> set[str]:
    plain: list[Any] = [each for each in constraint.expressions if isinstance(each, models.F)]
    return {*constraint.fields, *(each.name for each in plain)}


def _check_home(model: Model) -> Iterator[CheckMessage]:
    present = {constraint.name: constraint for constraint in model._meta.constraints}
    for wanted in home_checks(model):
        if present.get(wanted.name) != wanted:
            yield _error(model, "E027", f"lacks the CHECK {wanted.name}, which keeps id and subdistrict together on every engine")
        if len(wanted.name) > _LONGEST_NAME:
            yield _error(
                model, "E028", f"the CHECK's name {wanted.name} is over {_LONGEST_NAME} characters: give the table a shorter name"
            )


def _error(thing: Any, number: str, said: str) -> Error:
    label = thing._meta.label if hasattr(thing, "_meta") else f"{thing.model._meta.label}.{thing.name}"
    return Error(f"{label} {said}", obj=thing, id=f"locality.{number}")
