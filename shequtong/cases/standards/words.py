"""What trees, kinds, states and fields are called on a page (标准用语)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from shequtong.cases.standards.comparing import State
from shequtong.cases.standards.lines import Kind
from shequtong.core.clock import ClockKind, Limit, wording

TREES = ("city_management", "governance", "livelihood", "safety", "market", "property")
YES_NO = ("after_photo_required", "answer_required", "confirm_required", "answer_approval", "is_example")


_TREES = {
    "city_management": pgettext_lazy("tree of classes", "City management"),
    "governance": pgettext_lazy("tree of classes", "Public security and governance"),
    "livelihood": pgettext_lazy("tree of classes", "Livelihood"),
    "safety": pgettext_lazy("tree of classes", "Work safety and environment"),
    "market": pgettext_lazy("tree of classes", "Market regulation"),
    "property": pgettext_lazy("tree of classes", "Property management"),
    "": pgettext_lazy("tree of classes", "Other"),
}


def tree_name(tree: str) -> str:
    """A tree of classes; one we do not know by its code."""
    return str(_TREES.get(tree, tree))


def kind_name(kind: str) -> str:
    """What a class names."""
    return {
        Kind.COMPONENT.value: pgettext("kind of class", "Component"),
        Kind.EVENT.value: pgettext("kind of class", "Event"),
        Kind.MATTER.value: pgettext("kind of class", "Request"),
    }.get(kind, kind)


def state_name(state: State) -> str:
    """What becomes of a class or a row."""
    return {
        State.NEW: pgettext("standard", "New"),
        State.CHANGED: pgettext("standard", "Changed"),
        State.ENDED: pgettext("standard", "Ends"),
        State.SAME: pgettext("standard", "Unchanged"),
    }[state]


def field_name(name: str) -> str:
    """A field of a class or a row."""
    return {
        "kind": _("Kind"),
        "tree": _("Tree"),
        "group_code": _("Code of the group"),
        "group_name": _("Group"),
        "name": _("Name of the class"),
        "residents": _("Residents may choose it"),
        "example": _("In everyday words"),
        "register_condition": _("Condition to register"),
        "close_condition": _("Condition to close"),
        "limit": _("Limit"),
        "limit_amount": _("Limit, number"),
        "limit_kind": _("Limit, clock"),
        "limit_note": _("Limit, what for"),
        "handling_unit": _("Handling unit"),
        "supervising_unit": _("Supervising unit"),
        "legal_basis": _("Legal basis"),
        "collection": _("What to collect on the spot"),
        "after_photo_required": _("A photo after handling is needed"),
        "answer_required": _("The reporter is answered"),
        "confirm_required": _("Confirmed on the spot before registering"),
        "answer_approval": _("Answer approved by a second person"),
        "is_example": _("Marked as an example"),
    }[name]


def value_text(name: str, value: Any) -> str:
    """A value of a field as a page shows it."""
    if name in YES_NO:
        return _("yes") if value else _("no")
    if name == "residents":
        return _("yes") if value == "yes" else _("no")
    if name == "limit_kind":
        return wording.kind_name(ClockKind(value))
    if name == "tree":
        return tree_name(value)
    if name == "kind":
        return kind_name(value)
    return str(value)


def limit_text(limit: Limit, note: str) -> str:
    """A limit with what it is for."""
    words = wording.limit_text(limit)
    return pgettext("a limit, and what it is for", "%(limit)s (%(note)s)") % {"limit": words, "note": note} if note else words
