"""Reads over several tables of cases: the queue page by keyset, all that a case page shows, what waits on a workbench."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet, Value

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.models import NEVER, Assistance, Case, HandOver
from shequtong.cases.models.case import LISTED, CaseQuerySet
from shequtong.cases.numbers import format_number
from shequtong.cases.workflow import ENDED_STAGES, OPEN_STAGES
from shequtong.core.actors import Actor, Grant, Reach, subtree
from shequtong.figures.read import counts

PAGE = 50  # rows of a list
_ALL_OF_THEM = frozenset({"all", *ENDED_STAGES})  # stages asked for among all cases of a station, not among its work
CAPPED = 1000  # counts of rows stop here and show as "999+"


@dataclass(frozen=True)
class Filters:
    """What the address of a queue says. Empty fields filter nothing."""

    stage: str = ""  # a Stage, "" for all open, "all" for closed and voided too
    light: str = ""  # amber or red
    class_code: str = ""
    station: int | None = None
    under: str = ""  # unit path
    mine: int | None = None  # account of who has it inside the station
    after: tuple[datetime, int] | None = None  # keyset: the last row of the page before
    before: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class Page:
    """Rows of one page; `next` and `previous` are keysets, None at the ends."""

    rows: list[Case]
    next: tuple[datetime, int] | None
    previous: tuple[datetime, int] | None


def queue(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW, page: int = PAGE) -> Page:
    """One page of the cases the post in use works through, soonest due first; one's own reports are elsewhere (`told_by`).

    One statement, for a station two or three; it reads an index in its order and stops at the page, however many cases there are.
    """
    backwards = filters.before is not None
    order = ("-due_at", "-id") if backwards else ("due_at", "id")
    found: dict[int, Case] = {}
    for part in _parts(actor, filters, now, permission):
        found |= {case.pk: case for case in _beyond(part, filters).order_by(*order).defer("text")[: page + 1]}
    rows = sorted(found.values(), key=_key, reverse=backwards)
    more, rows = len(rows) > page, rows[:page]
    if backwards:
        rows.reverse()
    first_key, last_key = (_key(rows[0]), _key(rows[-1])) if rows else (None, None)
    has_next = more if not backwards else True
    has_previous = more if backwards else filters.after is not None
    return Page(rows, last_key if has_next else None, first_key if has_previous else None)


def _beyond(found: CaseQuerySet, filters: Filters) -> CaseQuerySet:
    """What comes after or before the row the address names."""
    edge = filters.before or filters.after
    if edge is None:
        return found
    due_at, last_id = edge
    if filters.before is not None:
        return found.filter(due_at__lte=due_at).filter(Q(due_at__lt=due_at) | Q(due_at=due_at, id__lt=last_id))
    return found.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last_id))


def _parts(actor: Actor, filters: Filters, now: datetime, permission: str) -> list[CaseQuerySet]:
    """The reach of a post as disjoint reads, each in the order of one index."""
    rest, stations = _reach(actor, filters, permission)
    parts = [Case.objects.filter(rest.condition(LISTED))] if rest.grants or rest.everything else []
    for grant in stations:
        parts.append(Case.objects.filter(_led(grant)))
        # Asked for first: in one statement, every open case of the street would be looked at.
        if assisting := list(_assisting(grant)[:CAPPED]):
            parts.append(Case.objects.filter(pk__in=assisting).exclude(_led(grant)))
    return [_filtered(part, filters, now) for part in parts]


def _reach(actor: Actor, filters: Filters, permission: str) -> tuple[Reach, list[Grant]]:
    """The territorial reach of a post, and its stations. A station's open cases are those it leads and those that wait for its assistance.

    What it only once had or assisted with is among all of its cases, and so among the ended ones, not among the open ones. One's own
    reports are no work of the post.
    """
    reach = actor.reach(permission)
    grants = _widest(reach.grants)
    stations = [grant for grant in grants if grant.station is not None] if filters.stage not in _ALL_OF_THEM else []
    return Reach(grants=tuple(grant for grant in grants if grant not in stations), everything=reach.everything), stations


def _led(grant: Grant) -> Q:
    return Q(subdistrict=grant.subdistrict, lead_station=grant.station)


def _assisting(grant: Grant) -> QuerySet[Assistance, int]:
    """Ids of the cases that wait for this station's assistance."""
    asked = Assistance.objects.filter(subdistrict=grant.subdistrict, station=grant.station, is_open=True)
    return asked.values_list("case_id", flat=True)


def _widest(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Without those that lie inside another one: a condition with OR is read in no index's order."""

    def holds(outer: Grant, inner: Grant) -> bool:
        same_place = outer.subdistrict == inner.subdistrict and outer.station is None
        return outer != inner and same_place and inner.path.startswith(outer.path)

    return tuple(grant for grant in dict.fromkeys(grants) if not any(holds(other, grant) for other in grants))


def _key(case: Case) -> tuple[datetime, int]:
    return case.due_at, case.pk


def _filtered(found: CaseQuerySet, filters: Filters, now: datetime) -> CaseQuerySet:
    if filters.stage == "":
        found = found.in_hand()
    elif filters.stage != "all":
        found = found.filter(stage=filters.stage)
    if filters.light == "red":
        found = found.in_hand().filter(due_at__lt=now)
    elif filters.light == "amber":
        found = found.in_hand().filter(amber_at__lt=now, due_at__gte=now)
    if filters.class_code:
        kind = catalogue().by_code.get(filters.class_code)
        found = found.filter(case_class=kind.id) if kind else found.none()
    if filters.station is not None:
        found = found.filter(lead_station=filters.station)
    if filters.mine is not None:
        found = found.filter(assignee_account_id=filters.mine)
    if filters.under:
        start, end = subtree(filters.under)
        found = found.filter(place_path__gte=start, place_path__lt=end)
    return found


def capped_count(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> int:
    """How many rows the filters find, counted up to CAPPED. One statement over an index range."""
    rest, stations = _reach(actor, filters, permission)
    found = rest.condition(LISTED)
    for grant in stations:
        found |= _led(grant) | Q(subdistrict=grant.subdistrict, pk__in=_assisting(grant))
    return _filtered(Case.objects.filter(found), filters, now).values("pk")[:CAPPED].count()


def stage_counts(grants: tuple[Grant, ...]) -> dict[str, int]:
    """Open cases by stage over all grants, from the figures. One statement a grant."""
    total: dict[str, int] = {stage.value: 0 for stage in OPEN_STAGES}
    for grant in grants:
        found = counts(grant.subdistrict, IN_STAGE, by=("stage",), under=grant.path, station=grant.station)
        for (stage,), n in found.items():
            if stage in total:
                total[stage] += n
    return total


class Asked(NamedTuple):
    """What waits for a station's word: a sub-task (`kind` assist, due at `at`) or an offered case (offer, since `at`)."""

    kind: str
    letters: str
    year: int
    serial: int
    title: str
    text: str
    at: datetime

    @property
    def number(self) -> str:
        """The number of the case."""
        return format_number(self.letters, self.year, self.serial)


def asked_of(subdistrict_id: int, station_id: int, limit: int = PAGE) -> list[Asked]:
    """Hand-overs that a station has not answered, then its sub-tasks, soonest first. One statement."""
    tasks = Assistance.objects.filter(subdistrict=subdistrict_id, station=station_id, is_open=True)
    offers = HandOver.objects.filter(subdistrict=subdistrict_id, to_station=station_id, state=HandOver.State.OFFERED)
    case = ("case__letters", "case__year", "case__serial", "case__title")
    found = offers.annotate(kind=Value("offer")).values_list("kind", *case, "reason", "offered_at")
    also = tasks.annotate(kind=Value("assist")).values_list("kind", *case, "task", "due_at")
    return [Asked(*row) for row in found.union(also, all=True).order_by("-kind", "offered_at")[:limit]]


def assigned_to(subdistrict_id: int, station_id: int, account_id: int, limit: int = PAGE) -> list[Case]:
    """What somebody of a station has in hand, soonest due first. One statement."""
    rows = Case.objects.filter(subdistrict=subdistrict_id, assignee_account_id=account_id, lead_station=station_id)
    return list(rows.in_hand().order_by("due_at", "id").defer("text")[:limit])


def is_timed(case: Case) -> bool:
    """Whether a clock runs."""
    return case.due_at != NEVER and case.stage in OPEN_STAGES


def told_by(
    account_id: int, places: tuple[int, ...], after: tuple[datetime, int] | None, page: int = 20
) -> tuple[list[Case], tuple[datetime, int] | None]:
    """A resident's own matters in all these subdistricts, the newest first, and the keyset of the next page. One statement."""
    found = Case.objects.within(*places).filter(reporter_account_id=account_id)
    if after is not None:
        received_at, last_id = after
        found = found.filter(received_at__lte=received_at).exclude(received_at=received_at, id__gte=last_id)
    rows = list(found.order_by("-received_at", "-id")[: page + 1])
    return rows[:page], (rows[page - 1].received_at, rows[page - 1].pk) if len(rows) > page else None


def held_cases(held: frozenset[int]) -> list[Case]:
    """The matters whose keys are in hand, the newest first. One statement, none for none."""
    return list(Case.objects.filter(pk__in=sorted(held)).order_by("-received_at", "-id")) if held else []
