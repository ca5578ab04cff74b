"""Make an export (生成导出文件): what was approved becomes a task, once; a list with others on it is asked for again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden
from shequtong.people import permissions
from shequtong.people.lookups.listed import ids_of
from shequtong.people.models import ExportRequest
from shequtong.people.usecases._exports import EXPORT_PERSONS, Approved, CannotExport, most_of, wanted_of
from shequtong.tasks.models import Task
from shequtong.tasks.usecases import start_task

State = ExportRequest.State


@transaction.atomic
def make_export(*, export_id: int, by: Actor, now: datetime) -> Task:
    """Only who asked. Raises CannotExport, TooManyTasks, Forbidden. Eight statements."""
    export = ExportRequest.objects.get(pk=export_id)
    by.require(permissions.EXPORT, export)
    if by.account_id is None or by.account_id != export.account_id:
        raise Forbidden(permissions.EXPORT, "ExportRequest", export.pk)
    rows = ExportRequest.objects.within(export.subdistrict_id).filter(pk=export.pk)
    if not rows.filter(state=State.APPROVED, until__gte=now).update(state=State.USED):
        raise CannotExport(_("It is not approved, was made already, or its day is over. Ask again."))
    if export.kind == EXPORT_PERSONS:
        approved = Approved(export)
        for person in ids_of(by, wanted_of(export), most_of(export) + 1):
            approved.require(person)
    key, params = f"export:{export.pk}", {"export": export.pk}
    task = start_task(kind=export.kind, params=params, by=by, now=now, submit_key=key, place=export.subdistrict_id)
    rows.update(task_id=task.pk)
    log.record("people.export_made", export, by=by, at=now, count=export.count, filters=export.filters, task=task.pk)
    return task
