"""Publish the flow of a subdistrict (发布流程配置): checked first, a change is a new version; an earlier one is published again to go back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.access.usecases import set_functions
from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.flow import REVISION
from shequtong.cases.flow_document import Fault, permissions_of, read_document
from shequtong.cases.flow_findings import Finding
from shequtong.cases.flow_lint import lint
from shequtong.cases.flow_place import people_of, place_of, street_of
from shequtong.cases.models import Flow
from shequtong.cases.workflow import MOVES
from shequtong.core.actors import Actor
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.territory.models import Unit

LONGEST_NOTE = 200


class CannotPublishFlow(Refusal):
    """The document cannot be read, would leave cases standing, or was written over another version than the one in force."""

    def __init__(self, words: str, faults: Sequence[Fault] = (), findings: Sequence[Finding] = ()) -> None:
        super().__init__(words)
        self.faults, self.findings = tuple(faults), tuple(findings)


@transaction.atomic
def publish_flow(
    *, subdistrict_id: int, document: dict[str, Any], note: str, by: Actor, now: datetime, seen: int | None = None
) -> Flow:
    """The version that holds from now on; the same content again is the one that is there. Raises CannotPublishFlow, Forbidden.

    `seen` is the version the document was written over, 0 for none: somebody else's later one is not overwritten unseen.
    Moments that open cases wait for already stay; what is changed counts from their next step.
    """
    changed(REVISION)  # one at a time: its row is locked until the end
    found = street_of(subdistrict_id)
    if found is None:
        raise Forbidden(permissions.MANAGE_FLOW, "Flow")
    by.require(permissions.MANAGE_FLOW, found)
    street = Unit.objects.get(pk=found.id)
    latest = Flow.objects.filter(subdistrict=subdistrict_id).order_by("-version").first()
    if seen is not None and seen != (latest.version if latest else 0):
        told = {"name": latest.published_by if latest else "—"}
        raise CannotPublishFlow(_("%(name)s has published another version since you began. Look at it first.") % told)
    reading = read_document(document)
    if reading.faults:
        raise CannotPublishFlow(_("This flow cannot be read."), reading.faults)
    findings = lint(MOVES, reading.document, place_of(subdistrict_id, people_of(subdistrict_id, now)))
    if refusing := [finding for finding in findings if finding.refuses]:
        raise CannotPublishFlow(_("This flow would leave cases standing."), findings=refusing)
    if latest is not None and latest.rules == reading.document:
        return latest

    version = latest.version + 1 if latest else 1
    flow = Flow.objects.create(
        subdistrict_id=subdistrict_id,
        version=version,
        rules=reading.document,
        note=note.strip()[:LONGEST_NOTE],
        published_at=now,
        published_by=by.name[:80],
    )
    set_functions(street=street, functions=permissions_of(reading.document), by=by, now=now)
    log.record("cases.publish_flow", flow, by=by, at=now, version=version, rules=reading.document)
    changed(REVISION)
    return flow
