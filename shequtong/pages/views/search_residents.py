"""People of the registry in the one box (全局检索中的人员): by name, pinyin or initials, masked; numbers are asked for by a form, where each look is logged."""

from django.urls import reverse
from django.utils import timezone

from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.identity import NotAnId, read_id
from shequtong.people.lookups.listed import Wanted, persons_of
from shequtong.people.shown import room_text, who_text
from shequtong.people.terms import asked

_SHOWN = 8
_LONGEST = 24  # characters of a name


def is_document(text: str) -> bool:
    """Whether somebody's document number was typed: it is to stand in no address. Pure."""
    try:
        return bool(read_id(text))
    except NotAnId:
        return False


def residents_called(actor: Actor, q: str) -> list[dict[str, str]]:
    """The first of those who are called so, for who sees the registry. One statement, none for what is no name."""
    if not actor.may(permissions.VIEW) or len(q) > _LONGEST or not asked(q) or q.isdigit():
        return []
    today = timezone.localdate()
    found = persons_of(actor, Wanted(words=q), page=_SHOWN).rows
    shown = []
    for one in found:
        if one.room is not None and one.building is not None:
            one.room.entrance.building = one.building
        url = reverse("pages:registry-person", args=[one.pk])
        shown.append({"who": who_text(one, today), "home": room_text(one.room), "url": url})
    return shown
