"""How an event in life ends (生活事件收尾): marks and counts, its row with the journal, its trace. For the use-cases of this area, in their transaction."""

from django.utils import timezone

from shequtong.audit import log
from shequtong.figures.write import write
from shequtong.people import tenancy
from shequtong.people.counting import of_event
from shequtong.people.freshness import due_on
from shequtong.people.models import Home, LifeEvent, LifePart, Residence
from shequtong.people.usecases._care_life import end_care_with
from shequtong.people.usecases._homes import count_home
from shequtong.people.usecases._life import Deed
from shequtong.people.usecases._people import have_marks, provenance


def finish(deed: Deed, path: str, *, confirmed: bool = False) -> LifeEvent:
    """Counts, marks, the row of the event and its trace. `confirmed`: whoever records it has seen the homes."""
    for person in deed.persons.values():
        have_marks(person)
    for home in deed.homes.values():
        _count(deed, home, confirmed)
    place = next(iter([*deed.persons.values(), *deed.homes.values()])).subdistrict_id
    event = LifeEvent.objects.create(
        subdistrict_id=place,
        kind=deed.kind,
        on=deed.on,
        grid_path=path,
        source=deed.source,
        recorded_at=deed.now,
        recorded_by=deed.by.name[:80],
        account_id=deed.by.account_id,
        journal=deed.journal,
        counted=deed.counted,
        after={
            "persons": {str(one.pk): one.version for one in deed.persons.values()},
            "homes": {str(one.pk): one.version for one in deed.homes.values()},
        },
    )
    parts = [LifePart(subdistrict_id=place, event=event, person_id=one) for one in deed.persons]
    LifePart.objects.bulk_create([*parts, *(LifePart(subdistrict_id=place, event=event, room_id=one) for one in deed.homes)])
    end_care_with(event, deed.gone, by=deed.by, now=deed.now)
    write(of_event(event))
    persons, rooms = sorted(deed.persons), sorted(deed.homes)
    log.record(f"people.life.{deed.kind}", event, by=deed.by, at=deed.now, persons=persons, rooms=rooms)
    return event


def _count(deed: Deed, home: Home, confirmed: bool) -> None:
    was = home.people
    count_home(home)
    living = Residence.objects.within(home.subdistrict_id).filter(room=home.room_id, ended_on=None, lives=True)
    home.state = Home.State(tenancy.state_after(home.state, set(living.values_list("kind", flat=True)), known=was > 0))
    if confirmed:
        home.confirmed_on = timezone.localdate(deed.now)
        for name, value in provenance(deed.source, deed.by, deed.now, home.confirmed_on).items():
            setattr(home, name, value)
    home.due_on = due_on(home.state, home.confirmed_on)
    home.save()
