"""A matter in a resident's words (居民端展示): where it stands, what comes next, what happened. Stations are named, staff never."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Case
from shequtong.cases.photo_gate import shown_with_answer
from shequtong.cases.places import Spot
from shequtong.cases.resident_forms import FindForm
from shequtong.cases.sheets import CaseSheet
from shequtong.cases.shown import STAGE_LOOKS, Badge, limit_words, station_name, unit_name
from shequtong.cases.usecases.reopen_case import reopen_until
from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.core.clock import PauseReason
from shequtong.files.models import Blob
from shequtong.organizations.stations import directory
from shequtong.territory.models import Unit
from shequtong.territory.units import above

_HAS_STATION = (Stage.DISPATCHED, Stage.HANDLING, Stage.VERIFICATION, Stage.CLOSING)


def is_reporter(actor: AccountActor | AnonymousActor, case: Case) -> bool:
    """Whose matter it is: their account reported it, or its key was shown in this session. A post gives nothing here."""
    return case.pk in actor.held or (actor.account_id is not None and actor.account_id == case.reporter_account_id)


def no_case(request: ActorRequest, number: str) -> HttpResponse:
    """The plain page of a number that names nothing: most likely mistyped."""
    form = FindForm(initial={"number": number[:40]})
    return render(request, "cases/resident/no_case.html", {"form": form}, status=404)


def community_name(path: str) -> str:
    """The community of a place, else its subdistrict: as exact as the public page gets."""
    found = above(path, Unit.Kind.COMMUNITY) or above(path, Unit.Kind.SUBDISTRICT)
    return found.name if found else ""


def place_words(spot: Spot, near: str = "") -> str:
    """A chosen place, e.g. 馨泰社区 枫桥路12号3幢."""
    return " ".join(part for part in (community_name(spot.path), spot.address or near or _("the marked point")) if part)


def public_stage(case: Case) -> Badge:
    """The stage in the six public words."""
    return Badge(str(PUBLIC_STAGES[Stage(case.stage)]), *STAGE_LOOKS[case.stage])


def station_words(case: Case) -> str:
    """Who has it in hand, or had it when it was closed; "" while nobody has."""
    shows = Stage(case.stage) in (*_HAS_STATION, Stage.CLOSED)
    found = directory().by_id.get(case.lead_station_id) if case.lead_station_id and shows else None
    return station_name(found) if found else ""


def who_answers(case: Case) -> str:
    """Whom the reporter hears from: the station that has it in hand, else the subdistrict itself."""
    street = above(case.place_path, Unit.Kind.SUBDISTRICT)
    return station_words(case) or (unit_name(street) if street else "")


def promised(case: Case) -> datetime | None:
    """By when it shall be handled; None before it is dispatched and after it is over."""
    running = Stage(case.stage) in _HAS_STATION
    return case.promised_at if running and case.promised_at != NEVER else None


def kept(case: Case) -> datetime | None:
    """When it was handled, once it is and waits for nothing but its check and its end: a promise that is kept is not still to come."""
    return case.handled_at if Stage(case.stage) in (Stage.VERIFICATION, Stage.CLOSING) else None


def expected(case: Case) -> str:
    """How long handling may take from dispatch on, as the case's own standard says."""
    return limit_words(catalogue().standards[case.standard_id].limit)


@dataclass(frozen=True)
class Next:
    """What comes next, and by when where a clock says so; `late` says that this has passed."""

    words: str
    by: datetime | None = None
    late: bool = False


def what_next(case: Case) -> Next:
    """The next thing that happens, in one sentence."""
    stage, station, now = Stage(case.stage), station_words(case), timezone.now()
    by = case.due_at if case.due_at != NEVER else None
    if stage == Stage.CLOSED and case.closed_at is not None and reopen_until(case) > now:
        return Next(_("It is closed. If it is not solved, you can have it reopened until then."), reopen_until(case))
    if stage == Stage.CLOSING and case.answered_at is not None and case.answered_at >= case.stage_since and not case.answer_waits:
        return Next(_("It was checked and you were answered; the office now closes it."))
    found = {
        Stage.HELD: _("Somebody of the office reads your report before it goes on."),
        Stage.CONFIRMATION: _("Somebody goes and looks at it on the spot; then the office registers it, or tells you why not."),
        Stage.INTAKE: _("The office reads your report and registers it, or tells you why not."),
        Stage.REGISTERED: _("The office decides who handles it."),
        Stage.DECISION: _("The director of the office decides who handles it."),
        Stage.DISPATCHED: _("%(station)s takes it on and handles it.") % {"station": station},
        Stage.HANDLING: _("%(station)s is handling it.") % {"station": station},
        Stage.VERIFICATION: _("It was reported as handled; somebody else now checks whether that is so."),
        Stage.CLOSING: _("It was checked; you get a written answer, then it is closed."),
        Stage.CLOSED: _("It is closed."),
        Stage.VOIDED: _("It is not pursued; the reason stands below."),
        Stage.NOT_ACCEPTED: _("It is not accepted; the reason stands below."),
        Stage.WITHDRAWN: _("You withdrew it; nothing more happens."),
        Stage.MERGED: _("It is handled together with another report of the same matter; you hear of its outcome."),
    }
    return Next(found[stage], by, late=by is not None and by < now)


def pause_words(case: Case, *, own: bool) -> Next | None:
    """Why the time stands still and until when at the longest; None while it runs. What is waited for is said, never who asked for it."""
    if not case.paused or case.resume_at == NEVER:
        return None
    if case.paused == PauseReason.REPORTER_ASKED:
        words = _("We wait for your answer to our question.") if own else _("Waiting for an answer of who reported it.")
    else:
        words = _("It is put off for a while: it cannot be settled at once.")
    return Next(words, case.resume_at)


@dataclass(frozen=True)
class Milestone:
    """A public stage that was reached, and when."""

    label: str
    at: datetime
    shape: str
    tone: str


_ORDER = (
    (Stage.INTAKE, "reported_at"),
    (Stage.REGISTERED, "registered_at"),
    (Stage.DISPATCHED, "dispatched_at"),
    (Stage.HANDLING, "accepted_at"),
    (Stage.VERIFICATION, "handled_at"),
    (Stage.CLOSED, "closed_at"),
)


# The way ended there without having been gone to its end.
_OVER = (Stage.VOIDED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.MERGED)
_SHOWN_AS = {
    Stage.HELD: Stage.INTAKE,
    Stage.CONFIRMATION: Stage.INTAKE,
    Stage.DECISION: Stage.REGISTERED,
    Stage.CLOSING: Stage.VERIFICATION,
    **dict.fromkeys(_OVER, Stage.INTAKE),
}


def milestones(case: Case) -> list[Milestone]:
    """The stages reached in this round, the latest first: of a reopened case nothing that lies ahead again."""
    order = [stage for stage, _column in _ORDER]
    now_at = _SHOWN_AS.get(Stage(case.stage), Stage(case.stage))
    found = []
    for stage, column in _ORDER[: order.index(now_at) + 1]:
        at = getattr(case, column)
        if at is not None:
            found.append(Milestone(str(PUBLIC_STAGES[stage]), at, *STAGE_LOOKS[stage]))
    if case.stage in _OVER:
        found.append(Milestone(str(PUBLIC_STAGES[Stage(case.stage)]), case.stage_since, *STAGE_LOOKS[case.stage]))
    return found[::-1]


def photos_after(case: Case, sheet: CaseSheet) -> list[Blob]:
    """What was fixed, as pictures: of the last handling on, once it was checked and answered; none before."""
    if not shown_with_answer(case):
        return []
    last = max((step.number for step in sheet.steps if step.move in ("handle", "self_handle")), default=0)
    since = {step.pk for step in sheet.steps if step.number >= last}
    return [blob for blob in sheet.after if blob.detail_id in since]
