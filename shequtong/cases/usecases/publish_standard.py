"""Publish a case standard (发布立结案标准) with its class and duties: a change is a new version; open cases keep theirs."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases import permissions
from shequtong.cases.catalogue import REVISION
from shequtong.cases.models import CaseClass, CaseStandard, Duty
from shequtong.cases.standards.lines import ROW_FIELDS
from shequtong.core.actors import Actor
from shequtong.core.clock import ClockKind, Limit
from shequtong.core.held import changed
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.organizations.models import Agency


class CannotPublish(Refusal):
    """The standard is not complete."""


@dataclass(frozen=True)
class NewStandard:
    """One class with what holds for one of its rows. `duties` are (agency code, part, basis); exactly one part is "lead"."""

    code: str
    tree: str
    name: str
    name_en: str
    register_condition: str
    close_condition: str
    limit_amount: int
    limit_kind: str
    legal_basis: str
    duties: tuple[tuple[str, str, str], ...]
    example: str = ""
    example_en: str = ""
    rank: int = 0
    after_photo_required: bool = False
    answer_required: bool = True
    for_residents: bool = True
    is_example: bool = True
    kind: str = CaseClass.Kind.MATTER
    group_code: str = ""
    group_name: str = ""
    row: int = 1
    limit_note: str = ""
    handling_unit: str = ""
    supervising_unit: str = ""
    collection: str = ""
    confirm_required: bool = False
    answer_approval: bool = False


_OF_CLASS = ("tree", "name", "name_en", "example", "example_en", "rank", "for_residents", "kind", "group_code", "group_name")


@transaction.atomic
def publish_standard(*, new: NewStandard, by: Actor, now: datetime) -> CaseStandard:
    """Publish; the same content again is the version that is there. Raises Forbidden, CannotPublish."""
    if not by.may(permissions.PUBLISH_STANDARD):
        raise Forbidden(permissions.PUBLISH_STANDARD, "CaseStandard")
    if sum(part == Duty.Part.LEAD for _code, part, _basis in new.duties) != 1:
        raise CannotPublish(_("Name exactly one leading agency for the class."))
    Limit(new.limit_amount, ClockKind(new.limit_kind))  # refuses a limit that is none
    agencies = {agency.code: agency for agency in Agency.objects.filter(code__in=[code for code, _part, _basis in new.duties])}

    kind, _made = CaseClass.objects.update_or_create(
        code=new.code,
        defaults={name: getattr(new, name) for name in _OF_CLASS},
    )
    content = {name: getattr(new, name) for name in ROW_FIELDS}
    latest = kind.standards.filter(row=new.row).order_by("-version").first()
    if latest is None or latest.ended_at is not None or any(getattr(latest, name) != value for name, value in content.items()):
        version = latest.version + 1 if latest else 1
        latest = CaseStandard.objects.create(case_class=kind, row=new.row, version=version, published_at=now, **content)
        log.record("cases.publish_standard", latest, by=by, at=now, cls=kind.code, version=version)
    Duty.objects.filter(case_class=kind).delete()
    for code, part, basis in new.duties:
        if code not in agencies:
            raise CannotPublish(_("There is no agency with the code %(code)s.") % {"code": code})
        Duty.objects.create(case_class=kind, agency=agencies[code], part=part, basis=basis)
    changed(REVISION)
    return latest
