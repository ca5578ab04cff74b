"""The store of special care, read (特殊人群库): who has it open, what a record says. Whoever calls has asked for the right and noted the look."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from shequtong.audit.models import SecurityEvent
from shequtong.audit.reveal import REVEALED, known_as
from shequtong.core.actors import Actor
from shequtong.people import permissions
from shequtong.people.care_facts import KIND_OF, CareKind
from shequtong.people.models import CareOpening, CarePast, CareRecord, CareVisit, LifeEvent, Person

PAGE = 50
OVER, OF_PERSON = "people.care.list", "people.care.person"  # what was looked at, as the log names it


@dataclass
class Visit:
    """A visit, opened."""

    role: str
    on: date
    said: str
    recorded_by: str


@dataclass
class Opened:
    """A record, opened. `due`: role -> the day on which that helper is to visit again."""

    record: CareRecord
    kind: CareKind
    facts: dict[str, Any]
    visits: list[Visit] = field(default_factory=list)
    due: dict[str, date] = field(default_factory=dict)
    why: str = ""  # it ended, where an event in life or the closing of the person's record ended it

    @property
    def next_on(self) -> date | None:
        """The first of the days on which somebody is due."""
        return min(self.due.values(), default=None)


def opening_of(actor: Actor, now: datetime) -> CareOpening | None:
    """The opening of this account in this post that still lasts. One statement."""
    if actor.account_id is None or not actor.may(permissions.VIEW_CARE):
        return None
    mine = CareOpening.objects.filter(
        subdistrict=actor.home, opened_by_id=actor.account_id, appointment_id=actor.appointment_id, until__gt=now
    )
    return mine.order_by("-until").first()


def looked_within(opening: CareOpening, record: CareRecord) -> bool:
    """Whether who has the store open has looked at a record within the opening. One statement."""
    looks = SecurityEvent.objects.filter(subdistrict=record.subdistrict_id, kind=REVEALED, account_id=opening.opened_by_id)
    return looks.filter(object_kind=CareRecord._meta.label, object_id=record.pk, at__gte=opening.opened_at).exists()


def records_of(person: Person) -> list[CareRecord]:
    """The standing records of a person, closed as they lie. One statement."""
    rows = CareRecord.objects.within(person.subdistrict_id).filter(person=person).standing()
    return list(rows.order_by("id"))


def listed(actor: Actor, after: int = 0) -> list[CareRecord]:
    """One page of the store within reach and one more. One statement."""
    reach = actor.reach(permissions.VIEW_CARE).of_post
    rows = CareRecord.objects.within(*reach.subdistricts).within_reach(actor, permissions.VIEW_CARE).standing()
    found = rows.filter(pk__gt=after).select_related("person__room__entrance__building__compound")
    return list(found.order_by("id")[: PAGE + 1])


def ended_lately(actor: Actor, since: date) -> list[CareRecord]:
    """What ended within reach since a day, the latest first, a page at most. One statement."""
    reach = actor.reach(permissions.VIEW_CARE).of_post
    rows = CareRecord.objects.within(*reach.subdistricts).within_reach(actor, permissions.VIEW_CARE).filter(ended_on__gte=since)
    return list(rows.select_related("person__room__entrance__building__compound").order_by("-ended_on", "-id")[:PAGE])


def opened(records: Iterable[CareRecord], texts: dict[int, str] | None = None) -> list[Opened]:
    """Records with their visits. One statement, none for none. `texts`: contents that were opened already, by id."""
    records = list(records)
    visits: dict[int, list[Visit]] = defaultdict(list)
    if records:
        rows = CareVisit.objects.filter(
            subdistrict__in=sorted({one.subdistrict_id for one in records}), record__in=[one.pk for one in records]
        )
        for row in rows.order_by("id"):
            told = json.loads(row.content.reveal())
            visits[row.record_id].append(Visit(told["role"], date.fromisoformat(told["on"]), told["said"], row.recorded_by))
    return [_opened(one, (texts or {}).get(one.pk) or one.content.reveal(), visits[one.pk]) for one in records]


def _opened(record: CareRecord, text: str, visits: list[Visit]) -> Opened:
    told = json.loads(text)
    kind = KIND_OF[told["kind"]]
    found = Opened(record, kind, told["facts"], sorted(visits, key=lambda one: one.on, reverse=True))
    if record.ended_on is not None:
        found.why = _why_ended(told)
        return found
    since = record.valid_from or timezone.localdate(record.recorded_at)
    for role in kind.roles:
        days = found.facts.get(f"cycle_{role}")
        if days:
            last = max((one.on for one in visits if one.role == role), default=since)
            found.due[role] = last + timedelta(days=int(days))
    return found


def _why_ended(told: dict[str, Any]) -> str:
    """What somebody wrote is no word of a list: it stays in the record."""
    why = told.get("ended_for", "")
    known = LifeEvent.Kind if "event" in told else Person.Ended
    return str(known(why).label) if why in known.values else ""


def past_of(record: CareRecord) -> list[CarePast]:
    """When it was changed and by whom. One statement."""
    rows = CarePast.objects.filter(subdistrict=record.subdistrict_id, record=record).defer("content")
    return list(rows.order_by("-replaced_at", "-id")[:20])


def text_of(record: CareRecord) -> dict[str, Any]:
    """What a record says: `kind` and `facts`, and once it has ended `ended_for` (what somebody wrote, or the kind of event) and `event`."""
    told: dict[str, Any] = json.loads(record.content.reveal())
    return told


def ended_with(event: LifeEvent, actor: Actor, now: datetime) -> list[CareRecord]:
    """What ended with an event, for who has the store open and whose reach is where the person lay; nothing for anybody else, and no statement
    without the right. Two statements within an opening.
    """
    if not actor.may(permissions.VIEW_CARE) or opening_of(actor, now) is None:
        return []
    touched = [int(one) for one in event.after["persons"]]
    rows = CareRecord.objects.within(event.subdistrict_id).within_reach(actor, permissions.VIEW_CARE)
    ended = rows.filter(person__in=touched, ended_on__isnull=False).select_related("person")
    return [one for one in ended.order_by("id") if text_of(one).get("event") == event.pk]


def held_of(person: Person) -> list[CareRecord]:
    """All that is held of a person, what has ended too, closed as it lies. One statement."""
    return list(CareRecord.objects.within(person.subdistrict_id).filter(person=person).order_by("id"))


def looks_at_care(person: Person, records: Sequence[CareRecord], most: int) -> list[SecurityEvent]:
    """Who looked at these records, at what there is of the person, or at a page of the store since they lie in it; the latest first. Two statements."""
    if not records:
        return []
    seen = SecurityEvent.objects.filter(subdistrict=person.subdistrict_id, kind=REVEALED)
    single = seen.filter(object_id__in=[one.pk for one in records], object_kind=CareRecord._meta.label)
    first = min(one.recorded_at for one in records)
    over = seen.filter(at__gte=first, what=OVER) | seen.filter(at__gte=first, **known_as(OF_PERSON, f"person {person.pk}"))
    found = [*single.order_by("-at")[:most], *over.order_by("-at")[:most]]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def care_said(actor: Actor, person: Person, now: datetime) -> str:
    """What the page of a person says of the store: "" without the right (no statement), "closed" whatever there is while it is not open,
    else "some" or "none". One statement with the right, two within an opening.
    """
    if not actor.reach(permissions.VIEW_CARE).of_post.covers(person.reach_facts()):
        return ""
    if opening_of(actor, now) is None:
        return "closed"
    return "some" if records_of(person) else "none"
