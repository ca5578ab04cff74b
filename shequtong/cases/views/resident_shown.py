"""A matter in a resident's words (居民端展示): where it stands, what comes next, what happened. Stations are named, staff never."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shequtong.access.actor import AccountActor, AnonymousActor
from shequtong.access.request import ActorRequest
from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import NEVER, Case, Step
from shequtong.cases.places import Spot
from shequtong.cases.resident_forms import FindForm
from shequtong.cases.shown import STAGE_LOOKS, Badge, station_name
from shequtong.cases.usecases.reopen_case import reopen_until
from shequtong.cases.workflow import PUBLIC_STAGES, Stage
from shequtong.core.clock import ClockKind, wording
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


def promised(case: Case) -> datetime | None:
    """By when it shall be handled; None before it is dispatched and after it is over."""
    running = Stage(case.stage) in _HAS_STATION
    return case.promised_at if running and case.promised_at != NEVER else None


def expected(case: Case) -> str:
    """How long handling may take from dispatch on, as the case's own standard says, in words nobody needs to be taught: 5个工作日."""
    limit = catalogue().standards[case.standard_id].limit
    if limit.extra_minutes or not limit.amount:
        return wording.limit_text(limit)
    plain = {
        ClockKind.URGENT_HOURS: ngettext("%(n)d hour", "%(n)d hours", limit.amount),
        ClockKind.WORK_HOURS: ngettext("%(n)d office hour", "%(n)d office hours", limit.amount),
        ClockKind.WORK_DAYS: ngettext("%(n)d working day", "%(n)d working days", limit.amount),
        ClockKind.CALENDAR_DAYS: ngettext("%(n)d day", "%(n)d days", limit.amount),
    }
    return plain[limit.kind] % {"n": limit.amount}


@dataclass(frozen=True)
class Next:
    """What comes next, and by when where a clock says so."""

    words: str
    by: datetime | None = None


def what_next(case: Case) -> Next:
    """The next thing that happens, in one sentence."""
    stage, station = Stage(case.stage), station_words(case)
    by = case.due_at if case.due_at != NEVER else None
    if stage == Stage.CLOSED and case.closed_at is not None:
        return Next(_("It is closed. If it is not solved, you can have it reopened until then."), reopen_until(case))
    found = {
        Stage.INTAKE: _("The office reads your report and registers it, or tells you why not."),
        Stage.REGISTERED: _("The office decides who handles it."),
        Stage.DISPATCHED: _("%(station)s takes it on and handles it.") % {"station": station},
        Stage.HANDLING: _("%(station)s is handling it.") % {"station": station},
        Stage.VERIFICATION: _("It was reported as handled; somebody else now checks whether that is so."),
        Stage.CLOSING: _("It was checked; you get a written answer, then it is closed."),
        Stage.CLOSED: _("It is closed."),
        Stage.VOIDED: _("It is not pursued; the reason stands below."),
    }
    return Next(found[stage], by)


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


def milestones(case: Case) -> list[Milestone]:
    """The stages reached in this round, the latest first: of a reopened case nothing that lies ahead again."""
    order = [stage for stage, _column in _ORDER]
    now_at = {Stage.CLOSING: Stage.VERIFICATION, Stage.VOIDED: Stage.INTAKE}.get(Stage(case.stage), Stage(case.stage))
    found = []
    for stage, column in _ORDER[: order.index(now_at) + 1]:
        at = getattr(case, column)
        if at is not None:
            found.append(Milestone(str(PUBLIC_STAGES[stage]), at, *STAGE_LOOKS[stage]))
    if case.stage == Stage.VOIDED:
        found.append(Milestone(str(PUBLIC_STAGES[Stage.VOIDED]), case.stage_since, *STAGE_LOOKS[Stage.VOIDED]))
    return found[::-1]


# What a step means to who reported it. Staff's notes stay theirs; only these tell the reporter something.
_TOLD: dict[str, Promise] = {
    "intake": gettext_lazy("We have your report"),
    "register": pgettext_lazy("told to the reporter", "Registered"),
    "dispatch": gettext_lazy("Passed to %(station)s"),
    "accept": gettext_lazy("%(station)s took it on"),
    "send_back": gettext_lazy("Came back; somebody else is being found for it"),
    "assist": gettext_lazy("%(station)s was asked to help"),
    "answer_assist": gettext_lazy("%(station)s helped"),
    "handle": gettext_lazy("%(station)s reported it as handled"),
    "verify": gettext_lazy("Checked: it is fixed"),
    "rework": gettext_lazy("Checked: not fixed yet, %(station)s goes on"),
    "answer": gettext_lazy("You were answered"),
    "close": pgettext_lazy("told to the reporter", "Closed"),
    "evaluate": gettext_lazy("You evaluated it"),
    "reopen": pgettext_lazy("told to the reporter", "Reopened"),
    "void": pgettext_lazy("told to the reporter", "Not pursued"),
}
_NOTE_TOLD = frozenset({"void"})


@dataclass(frozen=True)
class Happened:
    """One line of the reporter's timeline."""

    title: str
    at: datetime
    shape: str
    tone: str
    note: str = ""


def happened(steps: list[Step]) -> list[Happened]:
    """The steps in the reporter's words, the latest first."""
    stations = directory().by_id
    found = []
    for step in reversed(steps):
        if step.move not in _TOLD:
            continue
        station = stations.get(step.station_id) if step.station_id else None
        title = str(_TOLD[step.move]) % {"station": station_name(station) if station else _("A station")}
        note = step.note if step.move in _NOTE_TOLD else ""
        found.append(Happened(title, step.at, *STAGE_LOOKS[step.to_stage], note=note))
    return found
