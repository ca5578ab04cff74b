"""Answer a request (答复请求): done or refused, always in writing; a correction changes the record, a deletion empties what no duty keeps."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.bases import BASIS_OF
from shequtong.people.events import RightsAnswered
from shequtong.people.facts import DATE, FACT_OF
from shequtong.people.models import AccountLink, Person, RightsRequest, Source
from shequtong.people.usecases._people import locked_person
from shequtong.people.usecases._rights import empty_group
from shequtong.people.usecases.change_person import change_person
from shequtong.people.usecases.write_set import write_set

Kind, Outcome = RightsRequest.Kind, RightsRequest.Outcome
SHORTEST_ANSWER = 4


class CannotAnswer(Refusal):
    """It is answered already, nothing is said, or a legal duty keeps what was to be deleted."""


@dataclass(frozen=True)
class Decision:
    """`done`: as asked, else refused. `answer` is what the person reads. Of a correction: since when, from what, and whether it never was so."""

    done: bool
    answer: str
    source: str = Source.RESIDENT
    on: date | None = None
    mistaken: bool = True


@transaction.atomic
def answer_rights(*, request_id: int, decision: Decision, by: Actor, now: datetime) -> RightsRequest:
    """Raises CannotAnswer, CannotChange, CannotWriteSet, Gone, Forbidden; then nothing is changed."""
    request = RightsRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request_id)
    by.require(permissions.ANSWER_RIGHTS, request)
    if request.answered_at is not None:
        raise CannotAnswer(_("This request has been answered already."))
    if len(decision.answer.strip()) < SHORTEST_ANSWER:
        raise CannotAnswer(_("Say in a few words what was decided and why: the person reads it."))
    if decision.done and request.kind == Kind.CORRECT:
        _correct(request, decision, by, now)
    if decision.done and request.kind == Kind.DELETE:
        _delete(request, by, now)

    request.outcome = Outcome.DONE if decision.done else Outcome.REFUSED
    request.answer, request.answered_at = decision.answer.strip(), now
    request.answered_by, request.answered_post = by.name[:80], by.post[:120]
    request.save(update_fields=["outcome", "answer", "answered_at", "answered_by", "answered_post"])
    log.record("people.rights_answered", request, by=by, at=now, kind=request.kind, outcome=request.outcome)
    link = AccountLink.objects.within(request.subdistrict_id).live().filter(person=request.person_id).first()
    account = link.linked_account_id if link else None
    events.publish(RightsAnswered(request.subdistrict_id, request.pk, account, request.kind, request.outcome, now))
    return request


def _correct(request: RightsRequest, decision: Decision, by: Actor, now: datetime) -> None:
    set_name, _dot, name = request.fact.rpartition(".")
    value = json.loads(request.proposed.reveal())
    if FACT_OF[set_name][name].kind == DATE and value:
        value = date.fromisoformat(value)
    told: dict[str, Any] = {"source": decision.source, "on": decision.on, "by": by, "now": now}
    if set_name:
        write_set(person_id=request.person_id, name=set_name, values={name: value}, **told)
    else:
        mistaken = decision.mistaken and decision.on is None
        change_person(person_id=request.person_id, changes={name: value}, mistaken=mistaken, **told)


def _delete(request: RightsRequest, by: Actor, now: datetime) -> None:
    """Only what consent alone carries (个人信息保护法 47); what a statutory duty keeps is refused with that basis."""
    basis = BASIS_OF[request.group]
    if not basis.consent:
        raise CannotAnswer(_("A legal duty keeps this: %(law)s. Refuse, and name it.") % {"law": basis.law})
    person: Person = locked_person(request.person_id)
    log.record("people.emptied", person, by=by, at=now, group=request.group, facts=empty_group(person, request.group))
