"""The verbs of the main line (主线操作), one page each."""

from typing import Any

from shequtong.cases import permissions, usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms import moves as forms
from shequtong.cases.models import Case
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call, call_with_photos, own_station
from shequtong.core.actors import Actor
from shequtong.organizations.stations import nearest_station, stations_of_subdistrict


def _answer_assistance(told: Told) -> object:
    """The sub-task answered is that of the station the actor is appointed to."""
    return usecases.answer_assistance(
        number=told.number,
        station_id=own_station(told.by, permissions.ANSWER_ASSIST),
        done=told.data["done"],
        answer=told.data["note"],
        by=told.by,
        now=told.now,
    )


def suggested_station(case: Case) -> int | None:
    """The duty list's lead agency, at its station for the place; None is shown to the dispatcher, who names one himself."""
    agency = catalogue().classes[case.case_class_id].lead_agency
    found = nearest_station(agency, case.place_path) if agency is not None else None
    return found.id if found else None


def to_lead(asked: Asked) -> dict[str, Any]:
    """The stations to choose the lead from, the duty list's chosen beforehand."""
    suggested = suggested_station(asked.case) if asked.case else None
    return {
        "stations": list(stations_of_subdistrict(asked.place)),
        **({"initial": {"to": suggested}} if suggested else {}),
    }


def to_assist(asked: Asked) -> dict[str, Any]:
    """The stations to ask: the duty list's assistants first, never the lead."""
    everyone = list(stations_of_subdistrict(asked.place))
    if asked.case is None:
        return {"stations": everyone}
    agencies = catalogue().classes[asked.case.case_class_id].assisting_agencies
    likely = [found.id for found in (nearest_station(agency, asked.case.place_path) for agency in agencies) if found]
    others = [found for found in everyone if found.id != asked.case.lead_station_id]
    return {"stations": sorted(others, key=lambda found: found.id not in likely)}


def no_station(case: Case, _actor: Actor) -> dict[str, Any]:
    """Whether the duty list leads to nobody here."""
    return {"no_station": suggested_station(case) is None}


PAGES: dict[str, MovePage] = {
    "dispatch": MovePage(forms.DispatchForm, call(usecases.dispatch_case, to="to", note="note"), to_lead, facts=no_station),
    "accept": MovePage(forms.PlainForm, call(usecases.accept_case)),
    "send_back": MovePage(forms.ReasonForm, call(usecases.send_back_case, reason="note")),
    "assist": MovePage(forms.AssistForm, call(usecases.ask_assistance, station_id="station", task="note"), to_assist),
    "answer_assist": MovePage(forms.AnswerAssistanceForm, _answer_assistance, sees=permissions.VIEW),
    "handle": MovePage(forms.HandleForm, call_with_photos(usecases.handle_case, result="note")),
    "verify": MovePage(forms.VerifyForm, call_with_photos(usecases.verify_case, note="note")),
    "rework": MovePage(forms.ReworkForm, call_with_photos(usecases.rework_case, reason="note")),
    "answer": MovePage(forms.AnswerForm, call(usecases.answer_case, text="text", publish="publish")),
    "close": MovePage(forms.NoteForm, call(usecases.close_case, note="note")),
    "reopen": MovePage(forms.ReasonForm, call(usecases.reopen_case, reason="note")),
    "void": MovePage(forms.ReasonForm, call(usecases.void_case, reason="note"), danger=True),
}
