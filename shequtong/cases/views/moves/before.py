"""The verbs before a case is registered (立案之前的操作), and registering itself."""

from typing import Any

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.forms import before as forms
from shequtong.cases.forms.moves import NoteForm
from shequtong.cases.models import Case, Step
from shequtong.cases.shown import held_words
from shequtong.cases.views.moves import judged
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call, call_with_photos
from shequtong.core.actors import Actor
from shequtong.core.clock import wording


def _register(told: Told) -> object:
    return usecases.register_case(
        number=told.number, by=told.by, now=told.now, note=told.data["note"], row=told.data.get("row") or None
    )


def _rows(asked: Asked) -> dict[str, Any]:
    """The conditions of the class: one is no choice, of several one is to be chosen."""
    if asked.case is None:
        return {"rows": []}  # refused by the use-case, or no case of the reader's
    kind = catalogue().classes[asked.case.case_class_id]
    return {"rows": [(row.row, f"{row.register_condition} · {wording.limit_text(row.limit)}") for row in kind.standards]}


def found_on_the_spot(case: Case, _actor: Actor) -> dict[str, Any]:
    """What 核实 found, for who registers. One statement where the case was confirmed."""
    if case.confirmed_at is None:
        return {}
    step = Step.objects.filter(case=case, move="confirm").order_by("-number").first()
    return {"confirmed": step, "finding": dict(forms.ConfirmForm.base_fields["finding"].choices).get(_finding(step))}  # type: ignore[attr-defined]  # a ChoiceField behind the mapping


def _finding(step: Step | None) -> str:
    return step.details.get("finding", "") if step else ""


def why_held(case: Case, _actor: Actor) -> dict[str, Any]:
    """Why somebody has to look first. One statement."""
    step = Step.objects.filter(case=case, number=1).first()
    return {"held": held_words(step.details.get("held", [])) if step else []}


PAGES: dict[str, MovePage] = {
    "admit": MovePage(NoteForm, call(usecases.admit_case, note="note"), above="cases/desk/moves/_held.html", facts=why_held),
    "confirm": MovePage(
        forms.ConfirmForm,
        call_with_photos(usecases.confirm_case, finding="finding", words="note"),
        above="cases/desk/moves/_reported.html",
        facts=judged.what_was_told,
    ),
    "register": MovePage(
        forms.RegisterForm,
        _register,
        _rows,
        above="cases/desk/moves/_confirmed.html",
        facts=found_on_the_spot,
        asks_again=True,
    ),
    "review": MovePage(
        forms.ReviewForm,
        call(usecases.review_self_handled, valid="valid", words="note"),
        above=judged.ABOVE,
        facts=judged.what_was_done,
    ),
    "not_accept": MovePage(
        forms.NotAcceptForm,
        call(usecases.not_accept_case, why="why", words="note"),
        danger=True,
        above="cases/desk/moves/_confirmed.html",
        facts=found_on_the_spot,
    ),
}
