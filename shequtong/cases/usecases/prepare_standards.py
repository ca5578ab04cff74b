"""Prepare standards (编制标准批次): lines of a file or of a page, kept to be looked at; nothing holds before `publish_batch`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import StandardBatch
from shequtong.cases.standards.findings import Finding
from shequtong.cases.standards.lines import ROWS_OF_CLASS, Kind, Line
from shequtong.core.actors import Actor
from shequtong.core.clock import ClockError
from shequtong.core.refusals import Forbidden, Refusal

MAX_LINES = 5000
Duties = Mapping[str, Sequence[tuple[str, str, str]]]  # class code -> (agency code, part, basis)


class CannotPrepare(Refusal):
    """There is nothing to look at, or the lines contradict one another."""


@transaction.atomic
def prepare_standards(
    *,
    source: str,
    lines: Sequence[Line],
    findings: Iterable[Finding] = (),
    complete: Iterable[Kind] = (),
    ends: Iterable[str] = (),
    duties: Duties | None = None,
    by: Actor,
    now: datetime,
) -> StandardBatch:
    """Keep a batch. `complete` are kinds whose whole list this is: classes it does not name will end; `ends` end by name.

    Raises Forbidden, CannotPrepare.
    """
    if not by.may(permissions.PUBLISH_STANDARD):
        raise Forbidden(permissions.PUBLISH_STANDARD, "StandardBatch")
    found, whole, over = list(findings), [Kind(each).value for each in complete], list(ends)
    if not (lines or found or over or duties):
        raise CannotPrepare(_("There is no line in this table."))
    _decide(lines, found, whole)

    batch = StandardBatch.objects.create(
        source=source[:120],
        content={
            "lines": [line.as_json() for line in lines],
            "complete": whole,
            "ends": over,
            "duties": {code: [list(part) for part in parts] for code, parts in (duties or {}).items()},
        },
        findings=[each.as_json() for each in found],
        made_at=now,
        made_by=by.name[:80],
        account_id=by.account_id,
    )
    faults = sum(each.why.is_fault for each in found)
    log.record("cases.prepare_standards", batch, by=by, at=now, source=batch.source, lines=len(lines), faults=faults)
    return batch


def _decide(lines: Sequence[Line], findings: list[Finding], complete: list[str]) -> None:
    if len(lines) > MAX_LINES:
        raise CannotPrepare(_("A table may have %(count)s lines at most.") % {"count": MAX_LINES})
    if complete and any(each.why.is_fault for each in findings):
        raise CannotPrepare(_("A table with lines that cannot be read is not the whole list. Mend it, or do not say so."))
    most = max(Counter(line.code for line in lines).values(), default=0)
    if most > ROWS_OF_CLASS:
        raise CannotPrepare(_("A class may have %(count)s conditions at most.") % {"count": ROWS_OF_CLASS})
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.code, line.register_condition) in seen:
            raise CannotPrepare(_("Two lines of the class %(code)s have the same condition.") % {"code": line.code})
        seen.add((line.code, line.register_condition))
        try:
            line.limit  # noqa: B018  # refuses a limit that is none
        except (ClockError, ValueError) as error:
            raise CannotPrepare(str(error)) from error
