"""Open a root-cause project (根治立项): what comes back at one place is given to a station to be cured, until a day. One for a class and place."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shequtong.cases import permissions
from shequtong.cases.catalogue import catalogue
from shequtong.cases.lookups.roots import place_at, standing_at
from shequtong.cases.models import RootProject, RootStep
from shequtong.cases.usecases._roots import (
    LONGEST_PERSON,
    LONGEST_TITLE,
    LOOKED,
    CannotChangeRoot,
    leading,
    step,
    until,
    words_of,
)
from shequtong.core.actors import Actor
from shequtong.core.refusals import Forbidden


@transaction.atomic
def open_root_project(
    *,
    subdistrict_id: int,
    class_code: str,
    place: str,
    title: str,
    plan: str,
    lead: int,
    target_day: date,
    by: Actor,
    now: datetime,
    person: str = "",
) -> RootProject:
    """The new project; where one stands for this class and place already, that one, unchanged. Raises Forbidden, CannotChangeRoot."""
    kind, where = catalogue().by_code.get(class_code), place_at(subdistrict_id, place)
    if kind is None or where is None:
        raise Forbidden(permissions.LEAD_ROOT, "RootProject")
    by.require(permissions.LEAD_ROOT, where)
    if standing := standing_at(subdistrict_id, kind.id, [place]).get(place):
        return standing
    project = RootProject(
        subdistrict_id=subdistrict_id,
        case_class_id=kind.id,
        place=place,
        place_path=where.path,
        place_name=where.name[:120],
        title=_heading(title),
        plan=words_of(plan),
        lead_id=leading(subdistrict_id, lead).id,
        person=person.strip()[:LONGEST_PERSON],
        target_day=until(subdistrict_id, target_day, now),
        opened_at=now,
        opened_by=by.name[:80],
        opened_account_id=by.account_id,
        look_at=now + LOOKED,
    )
    if standing := _stood_first(project):
        return standing
    step(project, RootStep.Kind.OPENED, "cases.open_root_project", by=by, now=now, note=project.plan)
    return project


def _heading(title: str) -> str:
    words = title.strip()
    if not 2 <= len(words) <= LONGEST_TITLE:
        raise CannotChangeRoot(_("Say what is to be cured in 2 to %(most)d characters.") % {"most": LONGEST_TITLE})
    return words


def _stood_first(project: RootProject) -> RootProject | None:
    """Write the row; where somebody else opened one in this moment, theirs."""
    try:
        with transaction.atomic():
            project.save(force_insert=True)
    except IntegrityError:
        standing = standing_at(project.subdistrict_id, project.case_class_id, [project.place]).get(project.place)
        if standing is None:
            raise
        return standing
    return None
