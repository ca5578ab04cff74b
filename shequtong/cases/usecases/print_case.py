"""Print a case (打印案件文书): who may see it may have it on paper, and each print is in the log."""

from datetime import datetime

from django.db import transaction

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.models import Case
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden

SLIP, FILE = "slip", "file"


@transaction.atomic
def print_case(*, number: str, document: str, by: Actor, now: datetime) -> Case:
    """The case, its reporter loaded, to be laid out as `document`. Raises Forbidden.

    The slip is for parties and for who told it, the file for the parties of a post alone: as their pages are.
    """
    found = Case.objects.numbered(number).select_related("reporter")
    seen = found.within_reach(by, permissions.VIEW) if document == SLIP else found.within_post(by, permissions.VIEW)
    case = seen.first()
    if case is None:
        raise Forbidden(permissions.VIEW, "Case")
    log.record("cases.printed", case, by=by, at=now, document=document)
    return case
