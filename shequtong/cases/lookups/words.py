"""Cases that say what somebody looks for (按字词检索), within the filters and the reach of the queue, in its order, page by page.

Two ways, each with a bound whatever the number of cases. Where one of the grams stands in no more than MOST cases, these are all there can
be: they are read, and how many say the words is known. Where each stands in more, the list itself is read on, LOOKED_THROUGH rows a page.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from shequtong.cases import permissions
from shequtong.cases.grams import Range, ranges_of, says, words_of
from shequtong.cases.lookups.parts import Key, Part
from shequtong.cases.lookups.queue import PAGE, Filters, Page, disjoint_parts, queue
from shequtong.cases.models import Case, CaseGram
from shequtong.cases.numbers import parse_number
from shequtong.core.actors import Actor
from shequtong.core.locality.ids import part_of
from shequtong.core.places import places

LONGEST_SERIAL = 12  # digits
_MOST_READS = 400  # of one statement: SQLite puts no more than 500 together
_YEARS = 10  # whose serials are looked up
MOST = 3000  # cases that are read where all that can be meant are known
LOOKED_THROUGH = 1000  # rows of the list that are read for one page where they are not
_READ = ("pk", "due_at", "title", "text", "address")


class _Row(NamedTuple):
    pk: int
    due_at: datetime
    title: str
    text: str
    address: str

    @property
    def key(self) -> Key:
        return self.due_at, self.pk


def page_of(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW, page: int = PAGE) -> Page:
    """A page of the list, whether words are looked for or not. Headers say no words."""
    if filters.words and permission == permissions.VIEW:
        return cases_saying(actor, filters, now, page)
    return queue(actor, filters, now, permission, page)


def cases_saying(actor: Actor, filters: Filters, now: datetime, page: int = PAGE, *, newest: bool = False) -> Page:
    """One page, with their texts, of the cases within `filters` that say all of `filters.words`; a whole number, a serial or another system's number finds its case.

    Three statements, for a station up to five, one more for what may be a number. `newest`: where all are known, the newest first.
    Where `total` is not known, `next` may lead on though there are few rows, or none. Who sees headers alone reads no words.
    """
    words, here = words_of(filters.words), _places(actor)
    if not words or not here:
        return Page([], None, None, 0)
    parts = disjoint_parts(actor, filters, now, permissions.VIEW)
    numbered, known = _numbered(filters.words, here, now), _holding(ranges_of(words), here)
    if known is None and not parse_number(filters.words):
        found = _looked_through(parts, filters, words, page)
        # What is called so stands first on the first page; that very many say it, too, is told by the pages that follow.
        first = _whole(_read(parts, numbered)) if filters.after is None and filters.before is None else []
        return replace(found, rows=[*first, *(row for row in found.rows if row.pk not in numbered or not first)])
    rows = [row for row in _read(parts, (known or set()) | numbered) if row.pk in numbered or says(words, *row[2:])]
    return _of_known(rows, filters, page, newest=newest)


def _places(actor: Actor) -> list[int]:
    reach = actor.reach(permissions.VIEW)
    return [one.number for one in places()] if reach.everything else sorted(reach.of_post.subdistricts)


def _numbered(typed: str, here: list[int], now: datetime) -> set[int]:
    """Ids of the cases that are called so: by their number, their serial of the last ten years, or the number another system gave. One statement at most."""
    parsed, plain = parse_number(typed), typed.strip().lstrip("#")
    if parsed:
        called = Q(year=parsed.year, serial=parsed.serial)
        here = [one for one in here if one == parsed.place]
    elif plain.isascii() and any(one.isdigit() for one in plain) and " " not in plain:
        called = Q(external_number=plain)
        if plain.isdigit() and len(plain) <= LONGEST_SERIAL:
            called |= Q(serial=int(plain), year__in=years(now))
    else:
        return set()
    return set(Case.objects.within(*here).filter(called).values_list("pk", flat=True)[:MOST]) if here else set()


def _holding(ranges: list[Range], here: list[int]) -> set[int] | None:
    """Ids of all cases that hold the grams, or None where each of the grams stands in too many. One statement, at most MOST rows a gram.

    Its text is the same on both engines: Django's ORM cannot say a union of reads that each have an end. They are read in the order of
    the index, else PostgreSQL would gather all of them first.
    """
    ranges = ranges[: max(_MOST_READS // len(here), 1)]
    if not ranges or len(here) > _MOST_READS:
        return None
    most = MOST // len(here)
    reads = [(nth, one, *found) for nth, found in enumerate(ranges) for one in here]
    each = (
        f'SELECT * FROM (SELECT {nth} AS nth, case_id FROM "{CaseGram._meta.db_table}"'  # noqa: S608  # names and numbers, not input
        f" WHERE subdistrict_id = {one} AND gram BETWEEN {first} AND {last} ORDER BY gram, case_id LIMIT {most + 1}) AS one_{at}"
        for at, (nth, one, first, last) in enumerate(reads)
    )
    found: dict[tuple[int, int], set[int]] = {(nth, one): set() for nth, one, *_range in reads}
    rows: Counter[tuple[int, int]] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        for nth, case_id in cursor.fetchall():
            found[nth, part_of(case_id)].add(case_id)
            rows[nth, part_of(case_id)] += 1
    whole = [nth for nth in range(len(ranges)) if all(rows[nth, one] <= most for one in here)]
    return set.intersection(*(set[int]().union(*(found[nth, one] for one in here)) for nth in whole)) if whole else None


def _read(parts: Iterable[Part], ids: set[int]) -> list[_Row]:
    """What these cases say, as far as they stand in the list. A statement a part."""
    if not ids:
        return []
    wanted = sorted(ids)
    found = {row[0]: _Row(*row) for part in parts for row in part.all().filter(pk__in=wanted).order_by().values_list(*_READ)}
    return list(found.values())


def _of_known(rows: list[_Row], filters: Filters, page: int, *, newest: bool) -> Page:
    """The page out of all that say it, which are at most MOST: sorted here, not by the database."""
    rows.sort(key=lambda row: -row.pk if newest else row.key)
    if filters.before is not None:
        earlier = [row for row in rows if row.key < filters.before]
        some, more = earlier[-page:], len(earlier) > page
        return Page(_whole(some), some[-1].key if some else None, some[0].key if more else None, len(rows))
    later = [row for row in rows if filters.after is None or row.key > filters.after]
    some = later[:page]
    previous = some[0].key if some and filters.after is not None else None
    return Page(_whole(some), some[-1].key if len(later) > page else None, previous, len(rows))


def _looked_through(parts: list[Part], filters: Filters, words: list[str], page: int) -> Page:
    """The list read on from where the address stands, as far as one page may."""
    backwards, edge = filters.before is not None, filters.before or filters.after
    found: dict[int, _Row] = {}
    ends: list[Key] = []  # behind these nothing is known
    for part in parts:
        some = [_Row(*row) for row in part.first(edge, LOOKED_THROUGH, backwards=backwards).values_list(*_READ)]
        found |= {row.pk: row for row in some}
        ends += [some[-1].key] if len(some) == LOOKED_THROUGH else []
    end = (max if backwards else min)(ends, default=None)
    inside = [row for row in found.values() if end is None or (row.key >= end if backwards else row.key <= end)]
    inside.sort(key=lambda row: row.key, reverse=backwards)
    saying = list(islice((row for row in inside if says(words, *row[2:])), page + 1))
    further = saying[page - 1].key if len(saying) > page else end  # in the direction that was read
    rows = _whole(saying[:page])
    if backwards:
        return Page(rows[::-1], _key(rows, edge, -1), further)
    return Page(rows, further, _key(rows, edge, 1) if edge is not None else None)


def _key(rows: list[Case], edge: Key | None, step: int) -> Key | None:
    """From where one goes back: the first row, or just beside the edge where there is none."""
    if rows:
        return rows[0].due_at, rows[0].pk
    return (edge[0], edge[1] + step) if edge else None


def _whole(rows: list[_Row]) -> list[Case]:
    """The cases with their texts, in the order of the rows. One statement."""
    found = {case.pk: case for case in Case.objects.filter(pk__in=[row.pk for row in rows])} if rows else {}
    return [found[row.pk] for row in rows if row.pk in found]


def years(now: datetime) -> range:
    """Those whose serials are looked up; the place's year may have begun before ours."""
    return range(now.year - _YEARS + 1, now.year + 2)
