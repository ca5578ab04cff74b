"""Fields that several forms of cases share (共用字段)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.cases.catalogue import open_classes
from shequtong.cases.offered import name_initials
from shequtong.cases.shown import class_name
from shequtong.cases.standards.words import tree_name
from shequtong.core.phones import normalise_phone


class PhotoInput(forms.ClearableFileInput):
    """A file input that takes several photos; phones offer the camera."""

    allow_multiple_selected = True


class ClassSelect(forms.Select):
    """All classes, found by a word or initials where there is a script (behaviours/finds.ts)."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        words = {"data-find": gettext_lazy("Type a word or initials"), "data-find-none": gettext_lazy("No class fits")}
        words["data-find-some"] = gettext_lazy("# fit: press one, or go through them with the arrows")
        super().__init__({**words, **(attrs or {})})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each option knows its initials."""
        option = super().create_option(name, value, *args, **kwargs)
        if letters := name_initials().get(str(value)):
            option["attrs"]["data-k"] = letters
        return option


class PhotosField(forms.FileField):
    """Several photos; the files area judges what they are."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif", "multiple": True}
        super().__init__(widget=PhotoInput(attrs=attrs), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        found = data if isinstance(data, list | tuple) else [data]
        return [item for item in (super(PhotosField, self).clean(each, initial) for each in found if each) if item]


class PhoneField(forms.CharField):
    """A telephone number in any usual spelling, normalised."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return normalise_phone(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


def class_choices(*, for_residents: bool = False) -> list[tuple[str, Any]]:
    """Classes to choose from, in the order of the catalogue; by tree and group, those a place has ranked itself first."""
    groups: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for found in open_classes(for_residents=for_residents):
        group = (found.tree, found.group_name) if found.group_name else ("", "")
        groups.setdefault(group, []).append((found.code, class_name(found)))
    return [
        (" · ".join((tree_name(tree), group)) if group else _("Most asked for"), some) for (tree, group), some in groups.items()
    ]
