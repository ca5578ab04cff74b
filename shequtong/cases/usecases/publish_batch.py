"""Publish a batch of standards (发布标准批次): new versions of the rows that changed, all or none. Open cases keep their versions."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import REVISION, catalogue
from shequtong.cases.models import CaseClass, CaseStandard, Duty, StandardBatch
from shequtong.cases.standards.comparing import ClassChange, State
from shequtong.cases.standards.lines import CLASS_FIELDS, ROW_FIELDS
from shequtong.cases.standings import DutyChange, preview_of
from shequtong.cases.usecases.publish_standard import CannotPublish
from shequtong.core.actors import Actor
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden
from shequtong.organizations.models import Agency

_COLUMNS = tuple(name for name in CLASS_FIELDS if name != "residents")  # which is a yes, a no, or unsaid
_RANK = 1000  # after the classes a place has ranked itself


@transaction.atomic
def publish_batch(*, batch_id: int, fingerprint: str, by: Actor, now: datetime) -> StandardBatch:
    """Publish what was looked at, which `fingerprint` names. Raises Forbidden, CannotPublish, StandardBatch.DoesNotExist.

    A batch is published once. Rows are never deleted: a changed one gets a version, one that is left out ends (`ended_at`).
    """
    if not by.may(permissions.PUBLISH_STANDARD):
        raise Forbidden(permissions.PUBLISH_STANDARD, "StandardBatch")
    changed(REVISION)  # one publication at a time: its row is locked until the end, and the catalogue below is read anew
    batch = StandardBatch.objects.select_for_update().get(pk=batch_id)
    if batch.published_at is not None:
        raise CannotPublish(_("This batch has been published by %(name)s.") % {"name": batch.published_by})
    preview = preview_of(batch)
    if not preview.changes_something:
        raise CannotPublish(_("Nothing would change."))
    if preview.fingerprint != fingerprint:
        raise CannotPublish(_("The standards have changed since you looked at this batch. Look at it again, then publish."))

    comparison = preview.comparison
    _write(comparison.changing, now)
    _assign(preview.duties)
    batch.published_at, batch.published_by = now, by.name[:80]
    batch.save(update_fields=["published_at", "published_by"])
    counts = {state.value: comparison.rows(state) for state in State if state is not State.SAME}
    codes = [each.code for each in comparison.changing]
    log.record(
        "cases.publish_batch", batch, by=by, at=now, classes=codes, duties=[each.code for each in preview.duties], **counts
    )
    changed(REVISION)
    return batch


def _write(changes: tuple[ClassChange, ...], now: datetime) -> None:
    """Classes, then the new versions of their rows, then the ends. A handful of statements, however many rows."""
    known = {found.code: found for found in CaseClass.objects.filter(code__in=[each.code for each in changes])}
    made, mended = [], []
    for change in changes:
        found = known.get(change.code)
        if found is None:
            found = known[change.code] = CaseClass(code=change.code, rank=_RANK, for_residents=False)
            made.append(found)
        elif change.differences or change.state in (State.NEW, State.ENDED):
            mended.append(found)
        for name in _COLUMNS:
            setattr(found, name, getattr(change.line, name) or getattr(found, name))
        if change.line.residents:
            found.for_residents = change.line.residents == "yes"
        found.ended_at = now if change.state is State.ENDED else None
    CaseClass.objects.bulk_create(made)
    CaseClass.objects.bulk_update(mended, [*_COLUMNS, "for_residents", "ended_at"], batch_size=200)

    latest = {(one.class_id, one.row): one for one in catalogue().standards.values()}  # versions come in their order
    versions, ends = [], []
    for change in changes:
        kind = known[change.code]
        for row in change.changed_rows:
            before = latest.get((kind.pk, row.row))
            if row.state is State.ENDED and before:
                ends.append(before.id)
                continue
            content = {name: getattr(row.line, name) for name in ROW_FIELDS}
            version = before.version + 1 if before else 1
            versions.append(CaseStandard(case_class=kind, row=row.row, version=version, published_at=now, **content))
    CaseStandard.objects.bulk_create(versions, batch_size=500)
    CaseStandard.objects.filter(pk__in=ends).update(ended_at=now)


def _assign(changes: tuple[DutyChange, ...]) -> None:
    """The duty lists. Rows that stay keep their ids; a lead is set after the one before is none, for there is one at any time."""
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    kinds = {kind.code: kind for kind in CaseClass.objects.filter(code__in=[change.code for change in changes])}
    made = []
    for change in changes:
        if sum(part == Duty.Part.LEAD for _code, part, _basis in change.new) != 1:
            raise CannotPublish(_("Name exactly one leading agency for the class."))
        if missing := [code for code, _part, _basis in change.new if code not in agencies]:
            raise CannotPublish(_("There is no agency with the code %(code)s.") % {"code": missing[0]})
        if change.code not in kinds:
            continue  # its rows could not be read, so there is no class yet
        kind, told = kinds[change.code], {agencies[code].pk: (part, basis) for code, part, basis in change.new}
        if change.old:
            _mend(kind, told)
        held = {agencies[code].pk for code, _part, _basis in change.old}
        made += [
            Duty(case_class=kind, agency_id=agency, part=part, basis=basis)
            for agency, (part, basis) in told.items()
            if agency not in held
        ]
    Duty.objects.bulk_create(made, batch_size=500)


def _mend(kind: CaseClass, told: dict[int, tuple[str, str]]) -> None:
    own = Duty.objects.filter(case_class=kind)
    own.exclude(agency__in=told).delete()
    own.filter(part=Duty.Part.LEAD).update(part=Duty.Part.ASSIST)
    for duty in own:
        duty.part, duty.basis = told[duty.agency_id]
        duty.save(update_fields=["part", "basis"])
