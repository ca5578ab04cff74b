"""What an event in life ended in the store (生活事件终止的特殊人群档案), said to who has the store open: to nobody else, not by a word and not by a silence."""

from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.core.actors import Actor
from shequtong.people.lookups.care import ended_with
from shequtong.people.models import LifeEvent


def care_sentences(event: LifeEvent, actor: Actor) -> list[str]:
    """One a person, without the kind: pages of events are kept by browsers. None without an opening."""
    ended = ended_with(event, actor, timezone.now())
    masks = {one.person_id: one.person.name.masked for one in ended}
    words = (
        _("%(who)s: special care goes to the other subdistrict; nobody here is due to visit any more.")
        if event.kind == LifeEvent.Kind.MOVE_TO_STREET
        else _("%(who)s: special care ends; nobody is due to visit any more.")
    )
    return [words % {"who": mask} for mask in masks.values()]
