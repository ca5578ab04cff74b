"""Reads over several tables of cases: the queue page by keyset, all that a case page shows, what waits on a workbench."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.counting import IN_STAGE
from shequtong.cases.models import NEVER, Answer, Assistance, Case, Evaluation, Step
from shequtong.cases.models.case import CaseQuerySet
from shequtong.cases.workflow import OPEN_STAGES
from shequtong.core.actors import Actor, Grant, subtree
from shequtong.figures.read import counts
from shequtong.files.models import Blob

PAGE = 50  # rows of a list
CAPPED = 1000  # counts of rows stop here and show as "999+"


@dataclass(frozen=True)
class Filters:
    """What the address of a queue says. Empty fields filter nothing."""

    stage: str = ""  # a Stage, "" for all open, "all" for closed and voided too
    light: str = ""  # amber or red
    class_code: str = ""
    station: int | None = None
    under: str = ""  # unit path
    after: tuple[datetime, int] | None = None  # keyset: the last row of the page before
    before: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class Page:
    """Rows of one page; `next` and `previous` are keysets, None at the ends."""

    rows: list[Case]
    next: tuple[datetime, int] | None
    previous: tuple[datetime, int] | None


def queue(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW, page: int = PAGE) -> Page:
    """One page of cases within reach, soonest due first. One statement, whatever the number of cases."""
    found = _filtered(Case.objects.within_reach(actor, permission), filters, now)
    backwards = filters.before is not None
    edge = filters.before or filters.after
    if edge is not None:
        due_at, last_id = edge
        beyond = {"due_at__lt": due_at} if backwards else {"due_at__gt": due_at}
        same = {"due_at": due_at, "id__lt" if backwards else "id__gt": last_id}
        bound = {"due_at__lte": due_at} if backwards else {"due_at__gte": due_at}
        found = found.filter(**bound).filter(Q(**beyond) | Q(**same))
    order = ("-due_at", "-id") if backwards else ("due_at", "id")
    rows = list(found.order_by(*order).defer("text")[: page + 1])
    more = len(rows) > page
    rows = rows[:page]
    if backwards:
        rows.reverse()
    first_key, last_key = (_key(rows[0]), _key(rows[-1])) if rows else (None, None)
    has_next = more if not backwards else True
    has_previous = more if backwards else filters.after is not None
    return Page(rows, last_key if has_next else None, first_key if has_previous else None)


def _key(case: Case) -> tuple[datetime, int]:
    return case.due_at, case.pk


def _filtered(found: CaseQuerySet, filters: Filters, now: datetime) -> CaseQuerySet:
    if filters.stage == "":
        found = found.filter(stage__in=OPEN_STAGES)
    elif filters.stage != "all":
        found = found.filter(stage=filters.stage)
    if filters.light == "red":
        found = found.filter(due_at__lt=now, stage__in=OPEN_STAGES)
    elif filters.light == "amber":
        found = found.filter(amber_at__lt=now, due_at__gte=now, stage__in=OPEN_STAGES)
    if filters.class_code:
        kind = catalogue().by_code.get(filters.class_code)
        found = found.filter(case_class=kind.id) if kind else found.none()
    if filters.station is not None:
        found = found.filter(lead_station=filters.station)
    if filters.under:
        start, end = subtree(filters.under)
        found = found.filter(place_path__gte=start, place_path__lt=end)
    return found


def capped_count(actor: Actor, filters: Filters, now: datetime, permission: str = permissions.VIEW) -> int:
    """How many rows the filters find, counted up to CAPPED. One statement over an index range."""
    found = _filtered(Case.objects.within_reach(actor, permission), filters, now)
    return found.order_by().values("pk")[:CAPPED].count()


def stage_counts(grants: tuple[Grant, ...]) -> dict[str, int]:
    """Open cases by stage over all grants, from the figures. One statement a grant."""
    total: dict[str, int] = {stage.value: 0 for stage in OPEN_STAGES}
    for grant in grants:
        found = counts(grant.subdistrict, IN_STAGE, by=("stage",), under=grant.path, station=grant.station)
        for (stage,), n in found.items():
            if stage in total:
                total[stage] += n
    return total


@dataclass
class CaseSheet:
    """All that a case page shows; photos by step id."""

    case: Case
    steps: list[Step]
    photos: dict[int, list[Blob]]
    before: list[Blob]
    after: list[Blob]
    answers: list[Answer]
    assistances: list[Assistance]
    evaluation: Evaluation | None


def case_sheet(case: Case) -> CaseSheet:
    """Load what belongs to a case that the caller may see: five statements."""
    steps = list(Step.objects.filter(case=case).order_by("number"))
    blobs = list(
        Blob.objects.filter(subdistrict=case.subdistrict_id, owner_kind=Case._meta.label, owner_id=case.pk)
        .exclude(state=Blob.State.SWEPT)
        .order_by("id")
    )
    photos: dict[int, list[Blob]] = {}
    for blob in blobs:
        photos.setdefault(blob.detail_id or 0, []).append(blob)
    return CaseSheet(
        case=case,
        steps=steps,
        photos=photos,
        before=[blob for blob in blobs if blob.label == "before"],
        after=[blob for blob in blobs if blob.label == "after"],
        answers=list(Answer.objects.filter(case=case).order_by("-id")),
        assistances=list(Assistance.objects.filter(case=case).order_by("id")),
        evaluation=Evaluation.objects.filter(case=case).order_by("-round").first(),
    )


def open_assistances(subdistrict_id: int, station_id: int, limit: int = PAGE) -> list[Assistance]:
    """Sub-tasks that a station has not answered, soonest due first, their cases loaded. One statement."""
    return list(
        Assistance.objects.filter(subdistrict=subdistrict_id, station=station_id, state=Assistance.State.ASKED)
        .select_related("case")
        .order_by("due_at", "id")[:limit]
    )


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
