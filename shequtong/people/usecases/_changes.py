"""A change to a locked row (变更): for the use-cases of this area, in their transaction."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Refusal
from shequtong.people.facts import FACT_OF, SET_OF
from shequtong.people.identity import RESIDENT_CARD, read_id
from shequtong.people.models import Person
from shequtong.people.set_rules import Whom, told_unfit, unfit_under
from shequtong.people.usecases._people import FOUND_BY, clear, have_terms, keep_past, provenance, sets_of
from shequtong.people.usecases._rights import require_consent


class CannotChange(Refusal):
    """Nothing is different, the day lies ahead, or the document is another's."""


def apply_changes(
    person: Person, changes: dict[str, Any], *, source: str, by: Actor, now: datetime, on: date, mistaken: bool = False
) -> set[str]:
    """The facts that are different now. Raises CannotChange."""
    if changes.get("id_number") and (changes.get("id_kind") or person.id_kind) in (RESIDENT_CARD, ""):
        read = read_id(str(changes["id_number"]))
        changes |= {"id_kind": RESIDENT_CARD, "id_number": read.number, "born_on": read.born_on, "sex": read.sex}
    before = {name: clear(getattr(person, name)) for name in changes}
    different = {name: value for name, value in changes.items() if clear(value) != before[name] and (value or before[name])}
    if not different:
        raise CannotChange(_("Nothing is different from what is on record."))

    _require_sets_fit(person, different, timezone.localdate(now))
    require_consent(person, "", {name for name, value in different.items() if value})
    keep_past(person, {name: before[name] for name in different}, valid_to=on, now=now, mistaken=mistaken)
    for name, value in different.items():
        setattr(person, name, value)
        person.origins[name] = [source, on.isoformat()]
    was_from = person.valid_from
    for name, value in provenance(source, by, now, was_from if mistaken else on).items():
        setattr(person, name, value)
    person.confirmed_on, person.version = timezone.localdate(now), person.version + 1
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise CannotChange(_("A person with this document is on record already.")) from None
    if FOUND_BY & set(different):
        have_terms(person)
    log.record("people.changed", person, by=by, at=now, facts=sorted(different), mistaken=mistaken)
    return set(different)


def _require_sets_fit(person: Person, different: dict[str, Any], today: date) -> None:
    """Raises CannotChange. A statement a kind of set where the birthday or the sex is another, else none."""
    before = Whom(person.born_on, person.sex)
    after = Whom(different.get("born_on", person.born_on), str(different.get("sex", person.sex) or ""))
    if before == after:
        return
    stand = {name: {fact: getattr(row, fact) for fact in FACT_OF[name]} for name, row in sets_of(person).items()}
    if wrong := unfit_under(stand, before, after, today):
        raise CannotChange(told_unfit(SET_OF[wrong[0]].label, wrong[1]))
