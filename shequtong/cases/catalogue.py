"""Classes, standards and duties held in memory (立结案标准与责任清单): shared tables that every page asks and few people change."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from shequtong.cases.models import CaseClass, CaseStandard, Duty, StageLimit
from shequtong.cases.standards.words import limit_text
from shequtong.cases.workflow.stages import STATION_STAGES, Stage
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.held import Held

REVISION = "cases.catalogue"
_DEFAULT_STAGE_MINUTES = 15


@dataclass(frozen=True)
class Standard:
    """One published version of one row of a class."""

    id: int
    version: int
    class_id: int
    limit: Limit
    register_condition: str
    close_condition: str
    after_photo_required: bool
    answer_required: bool
    legal_basis: str
    is_example: bool
    published_at: datetime
    row: int = 1
    limit_note: str = ""
    handling_unit: str = ""
    supervising_unit: str = ""
    collection: str = ""
    confirm_required: bool = False
    answer_approval: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Class:
    """A class with its current standards, one a condition, and the agencies of its duty list. `standard` is the first of them."""

    id: int
    code: str
    tree: str
    name: str
    name_en: str
    example: str
    example_en: str
    for_residents: bool
    ended: bool
    standard: Standard | None
    lead_agency: int | None
    assisting_agencies: tuple[int, ...] = ()
    bases: dict[int, str] = field(default_factory=dict)  # agency id -> basis of its duty
    kind: str = "matter"
    group_code: str = ""
    group_name: str = ""
    standards: tuple[Standard, ...] = ()  # in the order of their rows

    @property
    def residents(self) -> str:
        """Whether residents may choose it, as a table of standards says it."""
        return "yes" if self.for_residents else "no"


@dataclass(frozen=True)
class Catalogue:
    """All classes by id and code, all versions by id, the limits of the stages."""

    classes: dict[int, Class]
    by_code: dict[str, Class]
    standards: dict[int, Standard]
    stage_limits: dict[str, Limit]

    def told_limits(self, class_id: int, standard_id: int) -> list[Limit]:
        """What may be promised before it is registered: of a class with several rows nothing is decided yet, so all their limits."""
        rows = self.classes[class_id].standards
        if standard_id not in {row.id for row in rows}:
            return [self.standards[standard_id].limit]
        return list(dict.fromkeys(row.limit for row in rows))

    def limit_of(self, standard_id: int, stage: str) -> Limit:
        """The limit the clock of a case counts at a stage: the standard's while a station has it, else the stage's own."""
        return self.standards[standard_id].limit if Stage(stage) in STATION_STAGES else self.stage_limit(stage)

    def stage_limit(self, stage: str) -> Limit:
        """The limit staff have for a stage of their own."""
        return self.stage_limits.get(stage) or Limit.of_minutes(_DEFAULT_STAGE_MINUTES, ClockKind.WORK_HOURS)


def _standard(row: CaseStandard) -> Standard:
    return Standard(
        row.pk,
        row.version,
        row.case_class_id,
        Limit(row.limit_amount, ClockKind(row.limit_kind)),
        row.register_condition,
        row.close_condition,
        row.after_photo_required,
        row.answer_required,
        row.legal_basis,
        row.is_example,
        row.published_at,
        row.row,
        row.limit_note,
        row.handling_unit,
        row.supervising_unit,
        row.collection,
        row.confirm_required,
        row.answer_approval,
        row.ended_at is not None,
    )


def _load() -> Catalogue:
    standards = {row.pk: _standard(row) for row in CaseStandard.objects.order_by("case_class", "row", "version")}
    latest: dict[int, dict[int, Standard]] = defaultdict(dict)
    for standard in standards.values():
        latest[standard.class_id][standard.row] = standard
    duties: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.order_by("id"):
        duties[duty.case_class_id].append(duty)
    classes = {}
    for row in CaseClass.objects.order_by("rank", "code"):
        classes[row.pk] = _class(row, [one for one in latest[row.pk].values() if not one.ended], duties[row.pk])
    limits = {
        row.stage: Limit.of_minutes(row.limit_amount_minutes, ClockKind(row.limit_kind)) for row in StageLimit.objects.all()
    }
    return Catalogue(classes, {found.code: found for found in classes.values()}, standards, limits)


def _class(row: CaseClass, current: list[Standard], own: list[Duty]) -> Class:
    return Class(
        row.pk,
        row.code,
        row.tree,
        row.name,
        row.name_en,
        row.example,
        row.example_en,
        row.for_residents,
        row.ended_at is not None,
        next(iter(current), None),
        next((duty.agency_id for duty in own if duty.part == Duty.Part.LEAD), None),
        tuple(duty.agency_id for duty in own if duty.part == Duty.Part.ASSIST),
        {duty.agency_id: duty.basis for duty in own},
        row.kind,
        row.group_code,
        row.group_name,
        tuple(current),
    )


catalogue = Held(REVISION, _load)


def open_classes(*, for_residents: bool = False) -> list[Class]:
    """Classes a case can be opened under, in the order they are offered: published, not ended."""
    return [
        found
        for found in catalogue().classes.values()
        if found.standard is not None and not found.ended and (found.for_residents or not for_residents)
    ]


@dataclass(frozen=True)
class StandardChoice:
    """A row to choose when a case is registered: the condition and what it means for the clock."""

    id: int
    row: int
    condition: str
    limit: str


def standard_choices(found: Class) -> list[StandardChoice]:
    """The current rows of a class, in their order; registering (立案) names one of them (standards.md 1.4)."""
    return [StandardChoice(one.id, one.row, one.register_condition, limit_words(one)) for one in found.standards]


def limit_words(standard: Standard) -> str:
    """The limit with what it is for, e.g. 2 urgent hours to stop it."""
    return limit_text(standard.limit, standard.limit_note)
