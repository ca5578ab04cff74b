"""What a root-cause project is about (根治项目所涉事件): the cases of its class at its place, before it, during it and since it was reported as done.

What is confidential is neither counted nor does it set the 60 days back: from a date nobody shall learn that it was told (decision 0021).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q

from shequtong.cases import permissions
from shequtong.cases.lookups.told_lately import BUILDING, COMPOUND, NOT_COUNTED, places_of
from shequtong.cases.models import Case, HotIssue, Recurrence, RootProject
from shequtong.cases.models.case import CaseQuerySet
from shequtong.cases.models.root_project import RootProjectQuerySet
from shequtong.cases.numbers import format_number
from shequtong.cases.roots import BEFORE
from shequtong.core.actors import Actor, Facts, subtree
from shequtong.territory import units
from shequtong.territory.models import Building, Compound

STATES = {
    "": Q(ended_at__isnull=True),
    "working": Q(ended_at__isnull=True, measures_at__isnull=True),
    "watching": Q(ended_at__isnull=True, measures_at__isnull=False),
    "met": Q(ended_as=RootProject.End.MET),
    "back": Q(came_back_at__isnull=False),
    "given_up": Q(ended_as=RootProject.End.GIVEN_UP),
    "all": Q(),
}


class Place(NamedTuple):
    """A place as a project has it: `code` as `told_lately` writes it, the unit it lies in, its name."""

    subdistrict: int
    code: str
    path: str
    name: str

    def reach_facts(self) -> Facts:
        """It lies in its unit."""
        return Facts(self.subdistrict, self.path)


class Counts(NamedTuple):
    """How many cases came in the 180 days before a project, since it was opened, and since it was reported as done; the last of all."""

    before: int
    since: int
    after: int
    last_at: datetime | None


def place_at(subdistrict_id: int, code: str) -> Place | None:
    """The place of that code in this subdistrict. One statement for a building or compound, none for a unit."""
    rank, rest = code[:1], code[1:]
    if rank in (BUILDING, COMPOUND):
        if not rest.isascii() or not rest.isdecimal() or len(rest) > 18:
            return None
        if rank == BUILDING:
            found = Building.objects.filter(subdistrict=subdistrict_id, pk=int(rest)).values_list("grid_path", "address").first()
        else:
            found = Compound.objects.filter(subdistrict=subdistrict_id, pk=int(rest)).values_list("unit_path", "name").first()
        return Place(subdistrict_id, code, *found) if found else None
    unit = units.at_path(rest)
    if unit is None or unit.subdistrict != subdistrict_id or code not in places_of(rest, None, None):
        return None
    return Place(subdistrict_id, code, unit.path, unit.name)


def places_named(subdistrict_id: int, codes: Collection[str]) -> dict[str, Place]:
    """The buildings and compounds of these codes. Two statements."""
    ids = {rank: [int(code[1:]) for code in codes if code[0] == rank] for rank in (BUILDING, COMPOUND)}
    buildings = Building.objects.filter(subdistrict=subdistrict_id, pk__in=ids[BUILDING]).values_list(
        "pk", "grid_path", "address"
    )
    compounds = Compound.objects.filter(subdistrict=subdistrict_id, pk__in=ids[COMPOUND]).values_list("pk", "unit_path", "name")
    found = [(f"{BUILDING}{pk}", path, name) for pk, path, name in buildings]
    found += [(f"{COMPOUND}{pk}", path, name) for pk, path, name in compounds]
    return {code: Place(subdistrict_id, code, path, name) for code, path, name in found}


def told_at(subdistrict_id: int, class_id: int, code: str, since: datetime) -> CaseQuerySet:
    """The cases of a class at a place that count, received after `since`: along one index, however many others there are."""
    return _counted(subdistrict_id, class_id, since).filter(_at(code))


def _counted(subdistrict_id: int, class_id: int, since: datetime) -> CaseQuerySet:
    found = Case.objects.filter(subdistrict=subdistrict_id, case_class=class_id, received_at__gt=since)
    return found.filter(confidential=False, is_history=False).exclude(stage__in=NOT_COUNTED)


def _at(code: str) -> Q:
    rank, rest = code[0], code[1:]
    if rank == BUILDING:
        return Q(building=int(rest))
    if rank == COMPOUND:
        return Q(building__compound=int(rest))
    first, end = subtree(rest)
    return Q(place_path__gte=first, place_path__lt=end)


def counts_at(places: Sequence[Place], class_id: int, now: datetime) -> dict[str, int]:
    """How many cases of a class came from each of these places, of which the last holds all, in the 180 days before. One statement."""
    told = _counted(places[-1].subdistrict, class_id, now - BEFORE).filter(_at(places[-1].code))
    counts = {f"n{at}": Count("id", filter=_at(one.code)) for at, one in enumerate(places)}
    found = told.aggregate(**counts)
    return {one.code: found[f"n{at}"] for at, one in enumerate(places)}


def suggested(actor: Actor, most: int) -> list[Recurrence]:
    """What comes back where the post in use may open a project, and none stands; most cases first. One statement."""
    standing = RootProject.objects.filter(
        subdistrict=OuterRef("subdistrict"), case_class=OuterRef("case_class"), place=OuterRef("place")
    )
    found = Recurrence.objects.within_reach(actor, permissions.LEAD_ROOT).select_related("last").defer("last__text")
    return list(found.exclude(Exists(standing.standing())).order_by("-closed", "id")[:most])


def wanted(actor: Actor, state: str, lead: int | None) -> RootProjectQuerySet:
    """Those of the ground the post in use sees, or of its station, in a state of `STATES` and led by a station; the latest first."""
    found = RootProject.objects.within_reach(actor, permissions.VIEW).filter(STATES[state])
    if lead is not None:
        found = found.filter(lead=lead)
    return found.order_by("-opened_at", "-id")


def cases_of(project: RootProject) -> CaseQuerySet:
    """Those of a project, from 180 days before it on."""
    return told_at(project.subdistrict_id, project.case_class_id, project.place, project.opened_at - BEFORE)


def counts_of(project: RootProject) -> Counts:
    """One statement."""
    opened, done = Q(received_at__gt=project.opened_at), Q(received_at__gt=project.measures_at or project.opened_at)
    found = cases_of(project).aggregate(
        before=Count("id", filter=~opened),
        since=Count("id", filter=opened),
        after=Count("id", filter=done),
        last=Max("received_at"),
    )
    return Counts(found["before"], found["since"], found["after"] if project.measures_at else 0, found["last"])


def first_after(project: RootProject, moment: datetime) -> tuple[datetime, str] | None:
    """When the first case after a moment came, and its number. One statement."""
    told = told_at(project.subdistrict_id, project.case_class_id, project.place, moment).order_by("received_at", "id")
    found = told.values_list("received_at", "letters", "year", "serial").first()
    return (found[0], format_number(*found[1:])) if found else None


def listed(project: RootProject, actor: Actor, most: int, after: tuple[datetime, int] | None = None) -> list[Case]:
    """Those that the post in use may see, the newest first. One statement."""
    found = cases_of(project).within_post(actor, permissions.VIEW)
    if after is not None:
        found = found.filter(received_at__lte=after[0]).exclude(received_at=after[0], id__gte=after[1])
    return list(found.order_by("-received_at", "-id").defer("text")[:most])


def places_of_case(case: Case) -> list[Place]:
    """Where a case lies, the smallest place first: what a project opened from it can be about. One statement, none without a building."""
    building = None
    if case.building_id is not None:
        rows = Building.objects.filter(subdistrict=case.subdistrict_id, pk=case.building_id)
        building = rows.values_list("address", "grid_path", "compound_id", "compound__name", "compound__unit_path").first()
    codes = places_of(case.place_path, case.building_id if building else None, building[2] if building else None)
    found = []
    for code in codes:
        if code[0] == BUILDING and building:
            found.append(Place(case.subdistrict_id, code, building[1], building[0]))
        elif code[0] == COMPOUND and building:
            found.append(Place(case.subdistrict_id, code, building[4], building[3]))
        elif unit := units.at_path(code[1:]):
            found.append(Place(case.subdistrict_id, code, unit.path, unit.name))
    return found


def standing_at(subdistrict_id: int, class_id: int, codes: list[str]) -> dict[str, RootProject]:
    """The standing projects of a class at these places, by place. One statement."""
    found = RootProject.objects.filter(subdistrict=subdistrict_id, case_class=class_id, place__in=codes).standing()
    return {one.place: one for one in found}


def standing_for(issues: Sequence[HotIssue]) -> dict[tuple[int, str], RootProject]:
    """The standing projects for hot issues, by class and place. One statement, none for none."""
    if not issues:
        return {}
    here = {one.subdistrict_id for one in issues}
    found = RootProject.objects.within(*sorted(here)).standing().filter(place__in={one.place for one in issues})
    return {(one.case_class_id, one.place): one for one in found}


def earlier_at(project: RootProject, most: int = 10) -> list[RootProject]:
    """Other projects of the class at the place, the latest first. One statement."""
    found = RootProject.objects.filter(subdistrict=project.subdistrict_id, case_class=project.case_class_id, place=project.place)
    return list(found.exclude(pk=project.pk).order_by("-opened_at")[:most])
