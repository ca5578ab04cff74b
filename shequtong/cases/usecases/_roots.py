"""Beats that the use-cases of root-cause projects share (根治项目公共步骤)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shequtong.audit import log
from shequtong.cases.events import RootProjectMoved
from shequtong.cases.models import RootProject, RootStep
from shequtong.core.actors import Actor
from shequtong.core.events import publish
from shequtong.core.refusals import Forbidden, Refusal
from shequtong.figures.write import day_of
from shequtong.organizations.stations import StationRef, stations_of_subdistrict

LONGEST_TITLE, LONGEST_WORDS, LONGEST_PERSON = 80, 2000, 40  # characters
LONGEST_DAYS = 730  # until when measures may be planned
OVERDUE = "overdue"  # told, and no step: the day stands in the project
LOOKED = timedelta(minutes=15)  # between two looks at a standing project


class CannotChangeRoot(Refusal):
    """It is over, or something it needs was not said."""


def standing_root(root_id: int, permission: str, by: Actor) -> RootProject:
    """The project under lock, if the actor may change it. Raises Forbidden, CannotChangeRoot."""
    project = RootProject.objects.filter(pk=root_id).select_for_update().first()
    if project is None:
        raise Forbidden(permission, "RootProject", root_id)
    by.require(permission, project)
    if project.ended_at is not None:
        raise CannotChangeRoot(_("This project is over already."))
    return project


def words_of(text: str) -> str:
    """What was written, long enough to say something."""
    words = text.strip()
    if not 4 <= len(words) <= LONGEST_WORDS:
        raise CannotChangeRoot(_("Please write 4 to %(most)d characters.") % {"most": LONGEST_WORDS})
    return words


def leading(subdistrict_id: int, station_id: int) -> StationRef:
    """The station that is to lead, one of the street's that stand."""
    found = next((one for one in stations_of_subdistrict(subdistrict_id) if one.id == station_id), None)
    if found is None:
        raise CannotChangeRoot(_("Choose a station of this subdistrict to lead it."))
    return found


def until(subdistrict_id: int, day: date, now: datetime) -> date:
    """The day by which it is to be done, as days are counted there."""
    today = day_of(subdistrict_id, now)
    if not today <= day <= today + timedelta(days=LONGEST_DAYS):
        raise CannotChangeRoot(_("Choose a day from today on, within two years."))
    return day


def step(
    project: RootProject, kind: str, deed: str, *, by: Actor, now: datetime, note: str = "", former: int | None = None
) -> None:
    """The line of the project's history, its trace, and who is told."""
    made = RootStep.objects.create(
        subdistrict_id=project.subdistrict_id,
        project=project,
        kind=kind,
        at=now,
        account_id=by.account_id,
        actor=by.name[:80],
        post=by.post[:120],
        note=note,
    )
    log.record(deed, project, by=by, at=now, lead=project.lead_id)
    tell(project, kind, by=by, now=now, step_id=made.pk, former=former)


def tell(project: RootProject, kind: str, *, by: Actor, now: datetime, step_id: int = 0, former: int | None = None) -> None:
    """Publish what happened; `former` is the station that led it until now."""
    publish(
        RootProjectMoved(
            root_id=project.pk,
            subdistrict_id=project.subdistrict_id,
            kind=kind,
            step_id=step_id,
            title=project.title,
            station_id=project.lead_id,
            former_station_id=former,
            opened_account_id=project.opened_account_id,
            target_day=project.target_day,
            by_account_id=by.account_id,
            at=now,
        )
    )
