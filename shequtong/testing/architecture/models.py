"""Foreign keys respect the layers (外键方向): written as strings they leave no import, so that import-linter cannot see them."""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import models


def upward_keys(heights: Mapping[str, int], found: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Every relation of a model of ours to an area above its own or beside it, as a sentence."""
    wrong = []
    for model in apps.get_models() if found is None else found:
        area = _area(model)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if area is None or target is None or isinstance(target, str) or (other := _area(target)) is None:
                continue
            if other != area and heights[other] >= heights[area]:
                wrong.append(f"{model._meta.label}.{field.name} points up to {target._meta.label}")
    return wrong


def _area(model: type[models.Model]) -> str | None:
    """The area a model lives in; None for a third party's."""
    package, _dot, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "shequtong" else None
