"""Begin an import (开始导入): a run of a file, or the one of the same file and mapping that was broken off."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.core.actors import Actor
from shequtong.interchange.models import ImportRun


@transaction.atomic
def begin_import(
    *, subdistrict: int, file_name: str, digest: str, total: int, first_row: int, by: Actor, now: datetime
) -> ImportRun:
    """The run that was broken off, else a new one that begins at `first_row`. Raises Forbidden without the right to take cases in."""
    run = ImportRun(
        subdistrict_id=subdistrict,
        file_name=file_name[:120],
        digest=digest,
        first_row=first_row,
        position=first_row - 1,
        total=total,
        started_at=now,
        started_by=by.name,
        moved_at=now,
    )
    by.require(permissions.INTAKE, run)
    same = ImportRun.objects.filter(subdistrict=subdistrict, digest=digest, first_row=first_row, state=ImportRun.State.RUNNING)
    going = same.order_by("-id").first()
    if going is not None:
        log.record("interchange.import_resumed", going, by=by, at=now, position=going.position)
        return going
    run.save(force_insert=True)
    log.record("interchange.import_begun", run, by=by, at=now, file=run.file_name, digest=digest, rows=total, first_row=first_row)
    return run
