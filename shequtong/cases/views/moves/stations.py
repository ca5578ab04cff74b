"""The verbs between stations (承办协同操作), one page each."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shequtong.access.posts import people_of_station, roles_at_station
from shequtong.cases import permissions, usecases
from shequtong.cases.forms import stations as forms
from shequtong.cases.forms.moves import PlainForm, ReasonForm
from shequtong.cases.models import Assistance, Case, HandOver
from shequtong.cases.shown import station_name
from shequtong.cases.usecases.call_off import OFFER, QUESTION, TASK, TIME
from shequtong.cases.views.moves.dispatching import (
    choices,
    grouped_stations,
    in_hand_of,
    likely_assistants,
    sent_back,
    suggested_station,
    why_there,
)
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call, own_station
from shequtong.core.actors import Actor
from shequtong.core.clock import PauseReason
from shequtong.figures.write import day_of
from shequtong.organizations.stations import directory, stations_of_subdistrict


def _of_own_station(usecase: Callable[..., object], **renamed: str) -> Callable[[Told], object]:
    """The sub-task meant is that of the station the actor is appointed to."""

    def perform(told: Told) -> object:
        values = {argument: told.data[name] for argument, name in renamed.items()}
        station = own_station(told.by, permissions.ANSWER_ASSIST)
        return usecase(number=told.number, station_id=station, by=told.by, now=told.now, **values)

    return perform


def to_lead(asked: Asked) -> dict[str, Any]:
    """The stations to choose the lead and the helpers from, the duty list's lead chosen beforehand. One statement for the page that asks."""
    if asked.case is None:
        return {"stations": [("", [(found.id, "") for found in stations_of_subdistrict(asked.place)])]}
    groups, suggested = grouped_stations(asked.case), suggested_station(asked.case)
    return {
        "stations": choices(groups, in_hand_of(asked.place)),
        "likely": [found for found in likely_assistants(asked.case) if found != suggested],
        **({"initial": {"to": suggested}} if suggested else {}),
    }


def to_assist(asked: Asked) -> dict[str, Any]:
    """The stations to ask: the duty list's assistants first, never the lead."""
    everyone = list(stations_of_subdistrict(asked.place))
    if asked.case is None:
        return {"stations": everyone}
    likely = likely_assistants(asked.case)
    others = [found for found in everyone if found.id != asked.case.lead_station_id]
    return {"stations": sorted(others, key=lambda found: found.id not in likely)}


def others_to_lead(asked: Asked) -> dict[str, Any]:
    """Every station but the one that has it."""
    lead = asked.case.lead_station_id if asked.case else None
    return {"stations": [found for found in stations_of_subdistrict(asked.place) if found.id != lead]}


def own_people(asked: Asked) -> dict[str, Any]:
    """Who is appointed to the station today, as what, with the open cases each has; nobody is chosen beforehand. One statement for the page that asks."""
    station, day = own_station(asked.actor, permissions.ASSIGN), day_of(asked.place, timezone.now())
    people = people_of_station(station, day)
    if asked.case is None:
        return {"people": people}
    held = Case.objects.filter(subdistrict=asked.place, lead_station=station, is_open=True, assignee_account_id__in=list(people))
    load = dict(held.order_by().values_list("assignee_account_id").annotate(Count("id")))
    has, posts = asked.case.assignee_account_id, roles_at_station(station, day)
    return {"people": {one: _in_words(name, posts[one], load.get(one, 0), one == has) for one, name in people.items()}}


def _in_words(name: str, post: str, n: int, has_it: bool) -> str:
    words = _("%(name)s · %(post)s (%(n)d open)") % {"name": name, "post": post, "n": n}
    return _("%(person)s, has it now") % {"person": words} if has_it else words


def what_is_open(asked: Asked) -> dict[str, Any]:
    """What the station may call off: of what is posted the use-case judges. Up to one statement."""
    case, may_offer = asked.case, asked.actor.may(permissions.HAND_OVER)
    if case is None:
        every = [(f"{TASK}-{found.id}", "") for found in stations_of_subdistrict(asked.place)]
        return {"open": [(TIME, ""), (OFFER, ""), (QUESTION, ""), *every]}
    found: list[tuple[str, object]] = [(TIME, _TIME_ASKED[case.asking])] if case.asking else []
    if case.paused == PauseReason.REPORTER_ASKED:
        found.append((QUESTION, _("The question to the reporter: the clock runs on")))
    if case.offered_station_id is not None and may_offer:
        found.append((OFFER, _("Hand-over to %(station)s") % {"station": _called(case.offered_station_id)}))
    if case.assisting_open:
        tasks = Assistance.objects.filter(case=case, is_open=True).order_by("id")
        found += [
            (f"{TASK}-{one.station_id}", _("Assistance of %(station)s") % {"station": _called(one.station_id)}) for one in tasks
        ]
    return {"open": found}


def _called(station: int) -> str:
    return station_name(directory().by_id[station])


def _call_off(told: Told) -> object:
    what, _dash, station = told.data["what"].partition("-")
    return usecases.call_off(
        number=told.number,
        what=what,
        station_id=int(station) if station else None,
        reason=told.data["note"],
        by=told.by,
        now=told.now,
    )


def own_task(case: Case, actor: Actor) -> dict[str, Any]:
    """What was asked of the station. One statement."""
    station = own_station(actor, permissions.ANSWER_ASSIST)
    return {"task": Assistance.objects.filter(case=case, station=station, is_open=True).first()}


def what_is_offered(case: Case, _actor: Actor) -> dict[str, Any]:
    """The hand-over that waits, and who offered it. One statement."""
    found = HandOver.objects.filter(case=case, state=HandOver.State.OFFERED).first()
    return {"offer": found, "offered_from": directory().by_id[found.from_station_id].name if found else ""}


def why_sent_back(case: Case, _actor: Actor) -> dict[str, Any]:
    """Which stations sent it back, and why: the director reads it first. One statement."""
    return {"sent_back": sent_back(case)}


_TIME_ASKED: dict[str, Promise] = {
    "extend": gettext_lazy("The request for an extension"),
    "suspend": gettext_lazy("The request for a suspension"),
}
_TASK = "cases/desk/moves/_task.html"
_OFFER = "cases/desk/moves/_offer.html"

PAGES: dict[str, MovePage] = {
    "dispatch": MovePage(
        forms.DispatchForm,
        call(usecases.dispatch_case, to="to", note="note", assisting="assisting", task="task"),
        to_lead,
        above="cases/desk/moves/_dispatch.html",
        facts=why_there,
    ),
    "assign": MovePage(forms.AssignForm, call(usecases.assign_case, account_id="person", note="note"), own_people),
    "send_back": MovePage(ReasonForm, call(usecases.send_back_case, reason="note")),
    "decide": MovePage(
        forms.StationForm,
        call(usecases.decide_case, to="station", reason="note"),
        others_to_lead,
        above="cases/desk/moves/_sent_back.html",
        facts=why_sent_back,
    ),
    "assist": MovePage(forms.AssistForm, call(usecases.ask_assistance, station_id="station", task="note"), to_assist),
    "take_assist": MovePage(
        PlainForm, _of_own_station(usecases.take_assistance), sees=permissions.VIEW, above=_TASK, facts=own_task
    ),
    "answer_assist": MovePage(
        forms.AnswerAssistanceForm,
        _of_own_station(usecases.answer_assistance, done="done", answer="note"),
        sees=permissions.VIEW,
        above=_TASK,
        facts=own_task,
    ),
    "call_off": MovePage(forms.CallOffForm, _call_off, what_is_open),
    "hand_over": MovePage(forms.StationForm, call(usecases.hand_over_case, to="station", reason="note"), others_to_lead),
    "take_over": MovePage(PlainForm, call(usecases.take_over_case), sees=permissions.VIEW, above=_OFFER, facts=what_is_offered),
    "refuse_over": MovePage(
        ReasonForm, call(usecases.refuse_over_case, reason="note"), sees=permissions.VIEW, above=_OFFER, facts=what_is_offered
    ),
}
