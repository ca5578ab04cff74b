"""Standards, units and stations as the typed API gives them (标准、辖区、单位的报文). Fields are only ever added."""

from datetime import datetime

from ninja import Schema

from shequtong.interchange.views.api.schemas import UnitKind


class LimitShown(Schema):
    """How long; `kind` says by which clock."""

    amount: int
    extra_minutes: int
    kind: str
    words: str


class StandardShown(Schema):
    """One row of a class's standard, in its version."""

    id: str
    row: int
    version: int
    register_condition: str
    close_condition: str
    limit: LimitShown
    answer_required: bool
    after_photo_required: bool
    legal_basis: str
    published_at: datetime


class ClassShown(Schema):
    """A case class with the standards in force."""

    code: str
    name: str
    tree: str
    kind: str
    group_code: str
    group_name: str
    for_residents: bool
    ended: bool
    lead_agency: str | None
    standards: list[StandardShown]


class ClassPage(Schema):
    """A page; `next` goes into `after`, null at the end."""

    items: list[ClassShown]
    next: str | None


class UnitShown(Schema):
    """A unit of the territory."""

    code: str
    kind: UnitKind
    name: str
    parent: str | None
    ended: bool


class UnitPage(Schema):
    """A page; `next` goes into `after`, null at the end."""

    items: list[UnitShown]
    next: str | None


class StationShown(Schema):
    """An agency's local unit that can hold a case."""

    id: str
    code: str
    name: str
    agency_code: str
    agency_name: str
    unit: str
    ended: bool


class StationPage(Schema):
    """A page; `next` goes into `after`, null at the end."""

    items: list[StationShown]
    next: str | None
