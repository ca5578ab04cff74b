"""Lists of persons (人员名单): of a place, of a mark, of an age, as one walks from door to door; and search by what a reader may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from shequtong.core.actors import Actor, subtree
from shequtong.core.phones import NotAPhone
from shequtong.core.sealed import hashes_of
from shequtong.people import permissions
from shequtong.people.facts import SET_OF
from shequtong.people.identity import ID_DOMAIN, PHONE_DOMAIN, NotAnId, read_id
from shequtong.people.models import Person, PersonMark, PersonTerm, SetRow
from shequtong.people.models.person import REACH
from shequtong.people.terms import asked, holding

PAGE, MOST_FOUND = 50, 200
Keyset = tuple[str, str, int]  # path of the grid, door, id


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for. `path` "" is all within reach; `marks` all hold; `born_before` for "over 80"; `words` typed into the search."""

    path: str = ""
    marks: tuple[str, ...] = ()
    born_before: date | None = None
    born_after: date | None = None
    population: str = ""
    words: str = ""
    sex: str = ""


class Page(NamedTuple):
    """Persons of one page with room and building; `next` and `previous` are keysets, None at the ends."""

    rows: list[Person]
    next: Keyset | None
    previous: Keyset | None


def persons_of(
    actor: Actor, wanted: Wanted, *, after: Keyset | None = None, before: Keyset | None = None, page: int = PAGE
) -> Page:
    """One page in the order of doors; what was searched for in the order of entry, without pages. One statement.

    A list of a mark is read along the marks, which lie in the order of doors, too: it stops at the page, however few fit the rest.
    """
    found, at = _filtered(actor, wanted), "marks__" if wanted.marks else ""
    if wanted.words:
        return Page(list(found.order_by("pk")[:page]), None, None)
    edge, minus, way = before or after, "-" if before else "", "lt" if before else "gt"
    last = f"{at}person" if at else "pk"
    if edge is not None:
        path, door, person = edge
        beyond = Q(**{f"{at}door__{way}": door}) | Q(**{f"{at}door": door, f"{last}__{way}": person})
        # The bound says once more what the rest says, so that an index is entered there.
        bound = Q(**{f"{at}grid_path__{way}e": path})
        found = found.filter(bound, Q(**{f"{at}grid_path__{way}": path}) | Q(**{f"{at}grid_path": path}) & beyond)
    rows = list(found.order_by(f"{minus}{at}grid_path", f"{minus}{at}door", f"{minus}{last}")[: page + 1])
    more, rows = len(rows) > page, rows[:page]
    if before:
        rows.reverse()
    first, last_key = (_key(rows[0]), _key(rows[-1])) if rows else (None, None)
    return Page(rows, last_key if more or before else None, first if (more if before else after) else None)


def capped(actor: Actor, wanted: Wanted, most: int = 1000) -> int:
    """How many, as far as `most`: "999+" is told, not counted. One statement."""
    return len(ids_of(actor, wanted, most))


def ids_of(actor: Actor, wanted: Wanted, most: int) -> list[int]:
    """The persons themselves, as far as `most`, in no order. One statement."""
    return list(_filtered(actor, wanted).select_related(None).values_list("id", flat=True)[:most])


def sets_of(persons: Sequence[Person], names: Iterable[str]) -> dict[int, dict[str, SetRow]]:
    """Person -> set -> the row that holds. One statement for each set."""
    found: dict[int, dict[str, SetRow]] = {}
    for name in dict.fromkeys(names) if persons else ():
        rows = SET_OF[name].model._default_manager.filter(subdistrict=persons[0].subdistrict_id, ended_on__isnull=True)
        for row in rows.filter(person__in=[one.pk for one in persons]):
            found.setdefault(row.person_id, {})[name] = row
    return found


def by_grid(actor: Actor, wanted: Wanted) -> dict[str, int]:
    """How many of a list lie in each unit that keeps persons, by its path. One statement."""
    rows = _filtered(actor, wanted).select_related(None).order_by().values_list("grid_path").annotate(n=Count("pk"))
    return dict(rows)


def _filtered(actor: Actor, wanted: Wanted) -> QuerySet[Person]:
    reach = actor.reach(permissions.VIEW).of_post
    found = Person.objects.within(*reach.subdistricts).standing().filter(reach.condition(REACH))
    if wanted.path:
        found = found.under(wanted.path)
    for n, mark in enumerate(wanted.marks):
        if n == 0:  # the one the list is read along
            start, end = subtree(wanted.path)
            along = {"marks__mark": mark, "marks__grid_path__gte": start, "marks__grid_path__lt": end}
            found = found.filter(marks__subdistrict__in=reach.subdistricts, **along)
        else:
            rows = PersonMark.objects.filter(subdistrict__in=reach.subdistricts, mark=mark)
            found = found.filter(pk__in=rows.values("person"))
    if wanted.born_before is not None:
        found = found.filter(born_on__lte=wanted.born_before)
    if wanted.born_after is not None:
        found = found.filter(born_on__gte=wanted.born_after)
    if wanted.population:
        found = found.filter(population=wanted.population)
    if wanted.sex:
        found = found.filter(sex=wanted.sex)
    if wanted.words:
        found = found.filter(_said(wanted.words, reach.subdistricts))
    return found.select_related("room__entrance", "building__compound").defer("building__footprint")


def _said(words: str, places: tuple[int, ...]) -> Q:
    """What was typed: a document, a phone, the end of one, a name, its pinyin or initials. Nothing for what is none of these."""
    text = words.strip()
    try:
        return Q(id_hash__in=hashes_of(ID_DOMAIN, read_id(text).number)) & ~Q(id_hash="")  # for SQLite, see `numbered`
    except NotAnId:
        pass
    try:
        return Q(phone_hash__in=hashes_of(PHONE_DOMAIN, text)) & ~Q(phone_hash="")
    except NotAPhone:
        pass
    found = Q()
    pieces = asked(text)
    if not pieces:
        return Q(pk__in=[])
    for piece in pieces:
        found &= Q(pk__in=PersonTerm.objects.filter(subdistrict__in=places, **holding(piece)).values("person"))
    return found


def _key(row: Person) -> Keyset:
    return row.grid_path, row.door, row.pk
