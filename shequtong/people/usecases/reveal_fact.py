"""Reveal a fact (查看明文): one protected value of a person or a set, after a reason; the look is in the log before the text is known."""

from datetime import datetime

from shequtong.audit.reveal import reveal, reveal_again
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people import permissions
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.models import Person


class NoSuchFact(Refusal):
    """It is not sealed, or not on record."""


def reveal_fact(*, person: Person, set_name: str, fact: str, reason: str, by: Actor, now: datetime, again: bool = False) -> str:
    """The plain text. In no transaction. Raises CannotReveal, NoSuchFact, Forbidden. `again`: the form was sent twice."""
    by.require(permissions.REVEAL, person)
    known = FACT_OF.get(set_name, {}).get(fact)
    thing = person if not set_name else _row(person, set_name)
    if known is None or not known.sealed or thing is None or not getattr(thing, fact):
        raise NoSuchFact
    what = f"people.{set_name or 'person'}.{fact}"
    if again:
        return reveal_again(getattr(thing, fact), what=what, thing=person, by=by, now=now)
    return reveal(getattr(thing, fact), what=what, thing=person, reason=reason, by=by, now=now)


def _row(person: Person, set_name: str) -> object | None:
    kind = SET_OF.get(set_name)
    if kind is None:
        return None
    return kind.model._default_manager.filter(subdistrict=person.subdistrict_id, person=person, ended_on=None).first()
