"""Ask about what is held (提出请求): see, copy, correct, delete; by the linked resident, or taken down at the window for whoever comes in person."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core import events
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.bases import BASIS_OF
from shequtong.people.events import RightsAsked
from shequtong.people.facts import FACT_OF
from shequtong.people.models import AccountLink, Person, RightsRequest
from shequtong.people.usecases._people import Gone, clear
from shequtong.people.usecases._rights import due_of
from shequtong.people.usecases._rights_moved import where_now

Kind, Channel = RightsRequest.Kind, RightsRequest.Channel
MOST_WAITING = 10


class CannotAsk(Refusal):
    """The same is asked already, or it names nothing that is held."""


@dataclass(frozen=True)
class NewRequest:
    """`fact` and `proposed` of a correction, `group` of a deletion; `words` why."""

    kind: str
    fact: str = ""
    group: str = ""
    proposed: Any = None
    words: str = ""


@transaction.atomic
def ask_rights(*, person_id: int, new: NewRequest, by: Actor, now: datetime) -> RightsRequest:
    """The request, with its deadline; of who has moved to another subdistrict it lies with the record there, whoever took it down here. Raises
    CannotAsk, Gone, Forbidden. Six statements where somebody is told, and two more of who has moved.
    """
    asked_of, person = _locked(person_id)
    link = AccountLink.objects.within(person.subdistrict_id).live().filter(person=person).first()
    own = link is not None and by.account_id is not None and link.linked_account_id == by.account_id
    if link is not None and own:
        by.require(permissions.OWN, link)
    else:
        by.require(permissions.ANSWER_RIGHTS, asked_of)
    _require_askable(person, new)
    due = due_of(person, now)
    request = RightsRequest.objects.create(
        subdistrict_id=person.subdistrict_id,
        person=person,
        kind=new.kind,
        channel=Channel.ONLINE if own else Channel.WINDOW,
        fact=new.fact if new.kind == Kind.CORRECT else "",
        group=new.group if new.kind == Kind.DELETE else "",
        proposed=json.dumps(clear(new.proposed), ensure_ascii=False, default=str) if new.kind == Kind.CORRECT else "",
        words=new.words,
        asked_at=now,
        asked_by="" if own else by.name[:80],
        amber_at=due.amber_at,
        due_at=due.due_at,
    )
    events.publish(RightsAsked(request.subdistrict_id, request.pk, person.grid_path, by.account_id, due.due_at, now))
    log.record("people.rights_asked", request, by=by, at=now, kind=new.kind, fact=request.fact, group=request.group)
    if person is not asked_of:
        log.record("people.rights_handed_over", asked_of, by=by, at=now, kind=new.kind)
    return request


def _locked(person_id: int) -> tuple[Person, Person]:
    """Who is asked about, and the row that stands of them, here or where they moved. Raises Gone."""
    asked_of = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    person = where_now(asked_of)
    if person is None:
        raise Gone(_("This person's record is closed."))
    return asked_of, person


def _require_askable(person: Person, new: NewRequest) -> None:
    """Raises CannotAsk. One statement."""
    set_name, _dot, name = new.fact.rpartition(".")
    if new.kind == Kind.CORRECT and name not in FACT_OF.get(set_name, {}):
        raise CannotAsk(_("Say what is to be corrected."))
    if new.kind == Kind.DELETE and new.group not in BASIS_OF:
        raise CannotAsk(_("Say what is to be deleted."))
    waiting = RightsRequest.objects.within(person.subdistrict_id).filter(person=person).waiting()
    open_ones = list(waiting.values_list("kind", "fact", "group")[:MOST_WAITING])
    if (new.kind, new.fact, new.group) in open_ones:
        raise CannotAsk(_("This has been asked already and waits for its answer."))
    if len(open_ones) >= MOST_WAITING:
        raise CannotAsk(_("%(n)s requests wait for their answer already.") % {"n": MOST_WAITING})
