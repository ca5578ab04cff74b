"""The queue (案件列表): the cases a post works through, page by keyset, each read in the order of an index however many there are."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.lights import LIGHTS, light_condition
from shequtong.cases.lookups.parts import Part
from shequtong.cases.lookups.waits import WAITS, waits_condition
from shequtong.cases.models import Assistance, Case, HotIssueCase, Party
from shequtong.cases.models.case import REACH, CaseQuerySet
from shequtong.cases.workflow import ENDED_STAGES
from shequtong.core.actors import Actor, Grant, Reach, subtree
from shequtong.core.locality import part_of

PAGE = 50  # rows of a list
ALL_OF_THEM = frozenset({"all", *ENDED_STAGES})  # stages asked for among all cases of a station, not among its work
CAPPED = 1000  # counts of rows stop here and show as "999+"


@dataclass(frozen=True)
class Filters:
    """What the address of a queue says. Empty fields filter nothing."""

    stage: str = ""  # a Stage, "" for all open, "all" for closed and voided too
    light: str = ""  # one of LIGHTS
    class_code: str = ""
    station: int | None = None
    under: str = ""  # unit path
    mine: int | None = None  # account of who has it inside the station
    issue: int | None = None  # a hot issue: its cases
    waits: str = ""  # one of WAITS: what waits for the post that asks
    words: str = ""  # what the case must say: for `lookups/words.py`, which reads such a page
    after: tuple[datetime, int] | None = None  # keyset: the last row of the page before
    before: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class Page:
    """Rows of one page; `next` and `previous` are keysets, None at the ends; `total` where all of them were read."""

    rows: list[Case]
    next: tuple[datetime, int] | None
    previous: tuple[datetime, int] | None
    total: int | None = None


def queue(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW, page: int = PAGE) -> Page:
    """One page of the cases the post in use works through, soonest due first; one's own reports are elsewhere (`told_by`).

    One statement, for a station two or three, for several territories two; it reads an index in its order and stops at the page, however many cases there are.
    """
    backwards, edge = filters.before is not None, filters.before or filters.after
    found: dict[int, Case] = {}
    for part in disjoint_parts(actor, filters, now, permission):
        found |= {case.pk: case for case in part.first(edge, page + 1, backwards=backwards).defer("text")}
    rows = sorted(found.values(), key=_key, reverse=backwards)
    more, rows = len(rows) > page, rows[:page]
    if backwards:
        rows.reverse()
    first_key, last_key = (_key(rows[0]), _key(rows[-1])) if rows else (None, None)
    has_next = more if not backwards else True
    has_previous = more if backwards else filters.after is not None
    return Page(rows, last_key if has_next else None, first_key if has_previous else None)


def parts_of(actor: Actor, filters: Filters, now: datetime, permission: str) -> list[CaseQuerySet]:
    """All that a queue finds, in no order, as reads that have no case in common: one, for a station two or three."""
    return [part.all() for part in disjoint_parts(actor, filters, now, permission)]


def disjoint_parts(actor: Actor, filters: Filters, now: datetime, permission: str) -> list[Part]:
    """The reach of a post as disjoint reads, each in the order of one index."""
    rest, stations = _reach(actor, permission)
    parts = [_of_ground(rest, filters)] if rest.grants or rest.everything else []
    for grant in stations:
        parts += _parts_of(grant, filters)
    condition, in_order = _condition(actor, filters, now), _stands_in_order(filters)
    return [part.among(condition, in_order=in_order) for part in parts]


def _stands_in_order(filters: Filters) -> bool:
    """Whether nothing is asked for that some street may have once in a hundred thousand cases; stage, light and place stand in the indexes."""
    rare = (filters.class_code, filters.station, filters.mine, filters.issue, filters.waits)
    return not any(one not in ("", None) for one in rare)


def _of_ground(reach: Reach, filters: Filters) -> Part:
    """The territories of a post; those that have nothing in common with the place that is asked for are not read."""
    return Part(Case.objects.all(), within=replace(reach, grants=_near(reach, filters)))


def _near(reach: Reach, filters: Filters) -> tuple[Grant, ...]:
    return tuple(grant for grant in reach.grants if narrower(grant.path, filters.under) is not None)


def narrower(reach: str, asked: str) -> str | None:
    """Of two paths the inner one; None where they have nothing in common."""
    inner, outer = (reach, asked) if reach.startswith(asked) else (asked, reach)
    return inner if inner.startswith(outer) else None


def _parts_of(grant: Grant, filters: Filters) -> list[Part]:
    """A station's open cases are those it leads and those that wait for its assistance.

    What it only once had or assisted with is among all of its cases, and so among the ended ones, not among the open ones.
    """
    here = Case.objects.filter(subdistrict=grant.subdistrict)
    led = here.filter(_led(grant))
    if filters.stage in ENDED_STAGES:
        return [Part(here, grant)]
    if filters.stage == "all":
        # A probe for each open case of the street at most: in one read with the ended ones it would be one for every case it ever had.
        also = here.filter(Exists(_part_of(grant))).exclude(_led(grant))
        ended = [] if filters.light else [Part(here.filter(is_open=False), grant)]
        return [Part(led.in_hand()), Part(also.in_hand()), *ended]
    parts = [Part(led)]
    if filters.waits:  # whom a case waits for is its lead station
        return parts
    # Asked for first: in one statement, every open case of the street would be looked at.
    if assisting := list(_assisting(grant)[:CAPPED]):
        parts.append(Part(here.filter(pk__in=assisting).exclude(_led(grant))))
    return parts


def _reach(actor: Actor, permission: str) -> tuple[Reach, list[Grant]]:
    """The territorial reach of a post, and its stations. One's own reports are no work of the post."""
    reach = actor.reach(permission)
    grants = widest(reach.grants)
    stations = [grant for grant in grants if grant.station is not None]
    return Reach(grants=tuple(grant for grant in grants if grant not in stations), everything=reach.everything), stations


def _led(grant: Grant) -> Q:
    return Q(subdistrict=grant.subdistrict, lead_station=grant.station)


def _part_of(grant: Grant) -> QuerySet[Party]:
    """The station's part in the case that is looked at, present or past."""
    return Party.objects.filter(subdistrict=grant.subdistrict, case=OuterRef("pk"), station=grant.station)


def _assisting(grant: Grant) -> QuerySet[Assistance, int]:
    """Ids of the cases that wait for this station's assistance."""
    asked = Assistance.objects.filter(subdistrict=grant.subdistrict, station=grant.station, is_open=True)
    return asked.values_list("case_id", flat=True)


def widest(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Without those that lie inside another one: a condition with OR is read in no index's order."""

    here: dict[int, list[Grant]] = defaultdict(list)  # a district has a hundred: each is compared with those of its street alone
    for grant in dict.fromkeys(grants):
        here[grant.subdistrict].append(grant)

    def held(inner: Grant) -> bool:
        others = (other for other in here[inner.subdistrict] if other != inner and other.station is None)
        return any(inner.path.startswith(other.path) for other in others)

    return tuple(grant for grant in dict.fromkeys(grants) if not held(grant))


def _of_issue(issue_id: int) -> list[int]:
    """Ids of all of a hot issue's cases, asked for first: they are of some days. One statement."""
    linked = HotIssueCase.objects.filter(subdistrict=part_of(issue_id), issue=issue_id)
    return list(linked.values_list("case_id", flat=True))


def _key(case: Case) -> tuple[datetime, int]:
    return case.due_at, case.pk


def _condition(actor: Actor, filters: Filters, now: datetime) -> Q:
    found = Q()
    if filters.stage == "" or filters.light in LIGHTS:
        found &= Q(is_open=True)
    if filters.stage not in ("", "all"):
        found &= Q(stage=filters.stage)
    if filters.light in LIGHTS:
        found &= light_condition(filters.light, now)
    if filters.class_code:
        kind = catalogue().by_code.get(filters.class_code)
        found &= Q(case_class=kind.id) if kind else Q(pk__in=[])
    if filters.station is not None:
        found &= Q(lead_station=filters.station)
    if filters.issue is not None:
        found &= Q(pk__in=_of_issue(filters.issue))
    if filters.mine is not None:
        found &= Q(assignee_account_id=filters.mine)
    if filters.waits in WAITS:
        found &= waits_condition(actor, filters.waits)
    if filters.under:
        start, end = subtree(filters.under)
        found &= Q(place_path__gte=start, place_path__lt=end)
    return found


def open_by_ground(
    actor: Actor, filters: Filters, now: datetime, permission: str
) -> tuple[CaseQuerySet, tuple[Grant, ...]] | None:
    """The open cases of a queue without where they lie, and the territories; None for who has one alone, or stations. No statement."""
    rest, stations = _reach(actor, permission)
    near = _near(rest, filters)
    if stations or rest.everything or len(near) < 2:
        return None
    return Case.objects.filter(_condition(actor, filters, now)), near


def capped_count(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> int:
    """How many rows the filters find, counted up to CAPPED. One statement over an index range; for all a station ever had, three."""
    if filters.stage in ALL_OF_THEM:
        return min(
            CAPPED, sum(part.all().values("pk")[:CAPPED].count() for part in disjoint_parts(actor, filters, now, permission))
        )
    return cases_of(actor, filters, now, permission).values("pk")[:CAPPED].count()


def cases_of(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> CaseQuerySet:
    """The open cases of a queue, in no order: to be counted. No statement."""
    return Case.objects.filter(condition_of(actor, filters, now, permission))


def condition_of(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> Q:
    """The same as a condition. No statement."""
    rest, stations = _reach(actor, permission)
    found = rest.condition(REACH)
    for grant in stations:
        found |= _led(grant)
        if not filters.waits:
            found |= Q(subdistrict=grant.subdistrict, pk__in=_assisting(grant))
    return found & _condition(actor, filters, now)
