"""The verbs about what was told (并案与更正操作): merging cases, taking mergers apart, correcting what was taken down."""

from typing import Any

from django.utils import timezone

from shequtong.cases import usecases
from shequtong.cases.catalogue import catalogue
from shequtong.cases.flow import flow_of
from shequtong.cases.forms import reporters as forms
from shequtong.cases.forms.moves import ReasonForm
from shequtong.cases.models import Case, Merge
from shequtong.cases.nearby import near_case
from shequtong.cases.shown import class_name, place_name, shown
from shequtong.cases.views.moves.page import Asked, MovePage, Told, call
from shequtong.core.actors import Actor


def _into(asked: Asked) -> dict[str, Any]:
    """The case chosen on the way here; any other may be typed."""
    return {"initial": {"into": asked.query.get("into", "")[:40]}} if asked.query else {}


def what_is_near(case: Case, actor: Actor) -> dict[str, Any]:
    """Cases to choose from. One statement."""
    now = timezone.now()
    return {"near_by": [{"near": one, "shown": shown(one.case, now)} for one in near_case(case, now, by=actor)]}


def how_merged(case: Case, _actor: Actor) -> dict[str, Any]:
    """Into what, by whom and why. One statement, and one to find its number."""
    merged = Merge.objects.filter(case=case, undone_at__isnull=True).select_related("into").first()
    return {"merged": merged, "days": flow_of(case.subdistrict_id).unmerge_days}


def _for_place(asked: Asked) -> dict[str, Any]:
    """Buildings are sought in the subdistrict of the case."""
    return {"place": asked.place}


def _correct(told: Told) -> object:
    correction = usecases.Correction(
        class_code=told.data["cls"] or None, building_id=told.data["building"], phone=told.data["phone"] or None
    )
    return usecases.correct_case(number=told.number, correction=correction, by=told.by, now=told.now, note=told.data["note"])


def as_taken_down(case: Case, _actor: Actor) -> dict[str, Any]:
    """What stands there now; of a confidential case not even the telephone's mask. Up to one statement, for that."""
    return {
        "kind_name": class_name(catalogue().classes[case.case_class_id]),
        "place_name": place_name(case.place_path),
        "phone_shown": str(case.reporter.phone) if case.reporter and not case.confidential else "",
    }


PAGES: dict[str, MovePage] = {
    "merge": MovePage(
        forms.MergeForm,
        call(usecases.merge_case, into="into", reason="note"),
        _into,
        above="cases/desk/moves/_merge.html",
        facts=what_is_near,
    ),
    "unmerge": MovePage(
        ReasonForm, call(usecases.unmerge_case, reason="note"), above="cases/desk/moves/_unmerge.html", facts=how_merged
    ),
    "correct": MovePage(forms.CorrectForm, _correct, _for_place, above="cases/desk/moves/_correct.html", facts=as_taken_down),
}
