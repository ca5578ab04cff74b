"""Requests follow their person to another subdistrict (请求随人转交): whoever keeps the record now answers, by the deadline that runs already."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.locality import part_of
from shequtong.core.places import place
from shequtong.people.events import RightsAsked
from shequtong.people.models import Person, RightsRequest

_MOST_MOVES = 20  # from street to street, followed one by one
_ASKED = ("kind", "channel", "fact", "group", "asked_at", "asked_by", "amber_at", "due_at")


def where_now(person: Person) -> Person | None:
    """Of a closed row of who moved to another subdistrict: the row that stands, locked, however often they moved on; None where none does."""
    found: Person | None = person
    for _move in range(_MOST_MOVES):
        if found is None or found.ended_on is None:
            return found
        if found.ended_for != Person.Ended.HANDED_OVER or found.moved_to is None:
            return None
        rows = Person.objects.select_for_update(of=("self",)).within(part_of(found.moved_to))
        found = rows.filter(pk=found.moved_to).first()
    return None


def hand_requests_over(gone: Mapping[Person, Person], *, by: Actor, now: datetime) -> None:
    """What waits of who leaves for another subdistrict waits there from now on. `gone`: here -> there, rows of one subdistrict. One statement where
    nothing waits. Who still owns a home here keeps a row here, and is answered here.
    """
    leaving = {here.pk: there for here, there in gone.items() if here.ended_on is not None}
    here = next(iter(gone)).subdistrict_id
    rows = RightsRequest.objects.select_for_update(of=("self",)).within(here).filter(person__in=leaving).waiting()
    for request in rows.order_by("id") if leaving else ():
        there = leaving[request.person_id]
        made = RightsRequest.objects.create(
            subdistrict_id=there.subdistrict_id,
            person=there,
            proposed=request.proposed.reveal() if request.proposed else "",
            words=request.words.reveal() if request.words else "",
            **{name: getattr(request, name) for name in _ASKED},
        )
        events.publish(RightsAsked(there.subdistrict_id, made.pk, there.grid_path, by.account_id, made.due_at, now))
        told = _("The person has moved. %(street)s keeps the record now and answers.") % {
            "street": place(there.subdistrict_id).name
        }
        request.outcome, request.answer, request.answered_at = RightsRequest.Outcome.HANDED, told, now
        request.answered_by, request.answered_post = by.name[:80], by.post[:120]
        request.save(update_fields=["outcome", "answer", "answered_at", "answered_by", "answered_post"])
        log.record("people.rights_handed_over", request, by=by, at=now, kind=request.kind)
