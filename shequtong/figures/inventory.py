"""How many rows of each kind there are (家底): asked of the tables themselves, for every model that says which subdistrict a row is of."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Model


def inventory(subdistrict: int) -> list[dict[str, Any]]:
    """One entry a model that has rows there, by its `kind` where it has one: model, kind, n. One statement a model; each reads all rows."""
    found = []
    for model in apps.get_models():
        if not _has(model, "subdistrict"):
            continue
        kinds = ["kind"] if _has(model, "kind") else []
        rows = model._default_manager.filter(subdistrict=subdistrict).order_by(*kinds)
        counted = rows.values(*kinds).annotate(n=Count("pk")) if kinds else [{"n": rows.count()}]
        found += [{"model": model._meta.label_lower, "kind": row.get("kind", ""), "n": row["n"]} for row in counted if row["n"]]
    return found


def _has(model: type[Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False
