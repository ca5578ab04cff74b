"""What the use-cases of rights share (权利请求操作): by when a request is answered, facts emptied for good, consent asked. No rights are asked here.

15 working days are the platform's own choice: 个人信息保护法 50 names no number of days, GB/T 35273-2020 8.7 says thirty days at most,
and 15 working days stay within them in every month but one with two long holidays.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from shequtong.core.clock import ClockKind, Due, Limit, limits
from shequtong.core.refusals import Refusal
from shequtong.people.bases import BASIS_OF, basis_of
from shequtong.people.facts import COUNT, DATE, FACT_OF, MONEY, SET_OF
from shequtong.people.models import Consent, Person, PersonPast
from shequtong.people.usecases._people import FOUND_BY, have_terms
from shequtong.territory.units import calendar_of

ANSWER_IN = Limit(15, ClockKind.WORK_DAYS)


class NoConsent(Refusal):
    """The person took back their consent to this."""


class _At(NamedTuple):
    path: str


def due_of(person: Person, now: datetime) -> Due:
    """By when what is asked now must be answered. No statement when warm."""
    return limits(ANSWER_IN, calendar_of(_At(person.grid_path)), now)


def require_consent(person: Person, set_name: str, facts: Iterable[str]) -> None:
    """Raises NoConsent where the person took back their consent to one of these and has not given it again. No statement but for such facts."""
    for fact in barred(person, set_name, facts):
        words = _("The person has taken back their consent to “%(group)s”. Record a new consent before you enter it.")
        raise NoConsent(words % {"group": basis_of(set_name, fact).label})


def barred(person: Person, set_name: str, facts: Iterable[str]) -> list[str]:
    """Which of these facts may not be entered for want of consent. One statement where some rest on consent, none else."""
    told = sorted(fact for fact in facts if basis_of(set_name, fact).consent)
    if not told:
        return []
    rows = Consent.objects.filter(subdistrict=person.subdistrict_id, person=person).order_by("given_at", "id")
    stands = {row.group: row.withdrawn_at is None for row in rows}
    return [fact for fact in told if not stands.get(basis_of(set_name, fact).group, True)]


def empty_group(person: Person, group: str) -> list[str]:
    """Empty the facts of a group, of today and of the past; which were not empty. `person` is locked."""
    emptied = []
    own = [name for name in BASIS_OF[group].facts if "." not in name]
    for name in own:
        if getattr(person, name):
            setattr(person, name, nothing(FACT_OF[""][name].kind))
            person.origins.pop(name, None)
            emptied.append(name)
    if emptied:
        person.version += 1
        person.save()
        if FOUND_BY & set(emptied):
            have_terms(person)
    forget_past(person, own)
    for name in BASIS_OF[group].facts:
        set_name, _dot, fact = name.rpartition(".")
        if set_name:
            for row in SET_OF[set_name].model._default_manager.filter(subdistrict=person.subdistrict_id, person=person):
                if getattr(row, fact):
                    setattr(row, fact, nothing(FACT_OF[set_name][fact].kind))
                    row.save(update_fields=[fact])
                    emptied.append(name)
    return sorted(set(emptied))


def nothing(kind: str) -> str | None:
    """What an emptied column of a fact holds."""
    return None if kind in (DATE, COUNT, MONEY) else ""


def forget_past(person: Person, facts: Iterable[str]) -> None:
    """Take these facts out of what the past kept. A statement, and one for each row that named one."""
    names = set(facts)
    for row in PersonPast.objects.filter(subdistrict=person.subdistrict_id, person=person) if names else ():
        state = json.loads(row.state.reveal())
        if names & set(state):
            row.state = json.dumps({name: value for name, value in state.items() if name not in names}, ensure_ascii=False)
            row.save(update_fields=["state"])
